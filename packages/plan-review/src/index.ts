/** The API of the package. Everything else is internal. */
export type { Change, Plan } from './model/plan';
export { PlanError } from './plan-error';
export { comparisonText } from './print/comparison';
export { summarize, type SummaryOptions } from './print/summary';
export { terminalText, warningsAndCounts } from './print/terminal';
export { parsePlan, readPlan } from './read/read-plan';
export { parseCommit } from './review/commit';
export { type Comparison, comparePlans } from './review/compare';
export { createReviewKey, machineReviewKey, readReviewKey, type ReviewKey } from './review/key';
export { parseReviewRecord, readReviewRecord, type ReviewRecord } from './review/record';
