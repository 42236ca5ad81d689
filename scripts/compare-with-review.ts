/** Decides whether `npm run deploy` may apply plans that somebody reviewed earlier. */
import { checkReview, comparisonText, type Plan, type Review, type ReviewOptions } from 'plan-review';
import type { StackPlan } from './terraform/plans';
import { movesWithoutPlan, refuseUnannouncedMoves, type RolledBackFunction } from './versions/rolled-back';

/** What a deployment changes although no plan shows it. */
export interface MovesWithoutPlan {
  /** Deployments of API Gateway that deploy replaces, because an earlier apply left removed routes. */
  readonly staleDeployments: readonly unknown[];
  readonly rolledBack: readonly RolledBackFunction[];
}

/**
 * Compares the plans with the reviewed plans. A stack without changes needs no review, so that an interrupted deployment can be
 * repeated. If a deployment changes something that no plan shows, the commit and the seal of the review are compared all the same.
 * @throws Error when a plan differs, or when deploy moves an alias that the reviewed text does not announce
 */
export function compareWithReview(
  review: Review,
  plans: readonly Plan[],
  stackPlans: readonly StackPlan[],
  options: ReviewOptions,
  { staleDeployments, rolledBack }: MovesWithoutPlan,
): void {
  const unchanged = stackPlans.filter(({ changes }) => !changes).map(({ stack }) => stack);
  const noChanges = unchanged.length === plans.length;
  if (noChanges) console.log('\nNo stack has changes.');
  if (noChanges && staleDeployments.length === 0 && !movesWithoutPlan(rolledBack)) return;
  const comparison = checkReview(review, plans, { ...options, unchanged });
  if (!noChanges || !comparison.same) console.log(`\n${comparisonText(comparison)}`);
  if (!comparison.same)
    throw new Error('Nothing was deployed: the plan differs from the reviewed one. Review a new plan.');
  refuseUnannouncedMoves(rolledBack, review.record.first);
}
