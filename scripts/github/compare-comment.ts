/** Compares the plan of a deployment with the plan in the comment of the merged pull request. */
import { checkReview, type Comparison, parseReview, type Plan, PlanError, type ReviewKey } from 'plan-review';
import { alert } from '../markdown';
import { type Github, GithubError } from './api';
import { planComment } from './plan-comment';

/** Maximum number of differences in the text. */
const MAX_PLACES = 30;

/** Maximum length of a reason, in characters. */
const MAX_REASON = 500;

/**
 * Compares the plans of the deployment with the record and the text of the comment. The comment never decides whether the
 * deployment continues: if it is missing or unreadable, the Markdown says so.
 * @param commit the pushed commit: the merge, or the last commit of a rebase
 * @param plans the plans of the deployment
 * @param key the key with which both summaries hash sensitive values
 * @returns Markdown for the approver
 */
export async function compareComment(
  github: Github,
  commit: string,
  plans: readonly Plan[],
  key: ReviewKey | undefined,
): Promise<string> {
  try {
    const { pullRequest, summary } = await planComment(github, commit);
    const comment = `The comment of #${pullRequest}`;
    return describe(comment, checkReview(parseReview(summary, comment), plans, { key }));
  } catch (error) {
    // PlanError: the comment has no readable record.
    if (!(error instanceof GithubError) && !(error instanceof PlanError)) throw error;
    const [line = ''] = error.message.split('\n');
    return alert('WARNING', 'No comment to compare with. Review the plan below.', [line.slice(0, MAX_REASON)]);
  }
}

function describe(comment: string, comparison: Comparison): string {
  if (comparison.same) return alert('NOTE', `${comment} shows this plan.`, []);
  const places = differentPlaces(comparison);
  const more = places.length - MAX_PLACES;
  const list = [...places.slice(0, MAX_PLACES), ...(more > 0 ? [`${more} more places`] : [])];
  if (!comparison.text)
    return alert('WARNING', `${comment} shows another plan. Review the plan below, not the comment.`, list);
  return alert(...textFault(comment, comparison.text), list);
}

/** Describes a comment whose text is not the summary of this plan, although the record has the same plan. */
function textFault(comment: string, text: NonNullable<Comparison['text']>): ['WARNING' | 'CAUTION', string] {
  switch (text.kind) {
    case 'line':
      return ['CAUTION', `${comment} has the record of this plan, but another text. Find out who changed it.`];
    case 'shortened':
      return [
        'WARNING',
        `${comment} omits parts of this plan, and its record has no valid seal. Review the plan below.`,
      ];
    case 'first':
      return [
        'WARNING',
        `${comment} has a text before this plan, and its record has no valid seal. Review the plan below.`,
      ];
    case 'unsealed':
      return [
        'WARNING',
        `${comment} has stacks without changes now, and its record has no valid seal. Review the plan below.`,
      ];
  }
}

/** Lists stacks, addresses and lines that differ. */
function differentPlaces({ stacks, text, keys }: Comparison): string[] {
  const places = stacks.flatMap(({ name, plan, reviewed, differences }) => {
    if (!plan || !reviewed) return [`${name}: only in ${plan ? 'this plan' : 'the comment'}`];
    return differences.length === 0 ? [name] : differences.map(({ address, kind }) => `${name}: ${address} (${kind})`);
  });
  if (keys) places.push('The comment was made with another key, so sensitive values count as different.');
  if (text?.kind === 'line') places.push(`line ${text.line}: ${text.reviewed.slice(0, MAX_REASON)}`);
  return places;
}
