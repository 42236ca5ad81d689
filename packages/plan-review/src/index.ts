/** What other scripts may use of plan summaries and reviews. */
export { compare, type Comparison, comparisonText } from './compare';
export { digestOf, digestOfPlan } from './digest';
export type { Change, Plan } from './model';
export { planOf, readPlan } from './read';
export { type ReviewRecord, reviewRecord } from './record';
export { summarize, type SummaryOptions } from './summary';
export { PlanError } from './value';
