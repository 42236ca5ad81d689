/** The API of the package. Everything else is internal. */
export type { Change, Plan } from './model/plan';
export { PlanError } from './plan-error';
export { comparisonText } from './print/comparison';
export { summarize, type SummaryOptions, terminalSummary, terminalWarnings } from './print/summary';
export { parsePlan, readPlan } from './read/read-plan';
export { parseCommit } from './review/commit';
export { checkReview, type Comparison, type ReviewOptions } from './review/compare';
export { createReviewKey, readKey, type ReviewKey } from './review/key';
export type { ReviewRecord } from './review/record';
export { parseReview, parseReviewRecord, readReview, type Review } from './review/review';
export { matchesWildcard } from './wildcard';
