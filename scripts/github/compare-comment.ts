/** Compares the plan of a deployment with the plan in the comment of the merged pull request. */
import { parseReviewRecord, PlanError, type ReviewRecord } from 'plan-review';
import { alert } from '../markdown';
import { type Github, GithubError } from './api';
import { planComment } from './plan-comment';

/** Maximum number of places in the text. */
const MAX_PLACES = 30;

/** Maximum length of a reason, in characters. */
const MAX_REASON = 500;

/**
 * Compares the plans. The comment is additional information: it never decides about the deployment, so each problem with it is
 * part of the text.
 * @param commit the pushed commit: the merge, or the last commit of a rebase
 * @param summary the summary of the deployment's plans
 * @returns Markdown for the approver
 */
export async function compareComment(github: Github, commit: string, summary: string): Promise<string> {
  const now = parseReviewRecord(summary, 'The summary');
  try {
    const comment = await planComment(github, commit);
    const reviewed = parseReviewRecord(comment.summary, `The comment of #${comment.pullRequest}`);
    return comparison(comment.pullRequest, differentPlaces(reviewed, now));
  } catch (error) {
    // PlanError: the comment has no readable record.
    if (!(error instanceof GithubError) && !(error instanceof PlanError)) throw error;
    const [line = ''] = error.message.split('\n');
    return alert('WARNING', 'No comment to compare with. Review the plan below.', [line.slice(0, MAX_REASON)]);
  }
}

function comparison(pullRequest: number, places: readonly string[]): string {
  if (places.length === 0) return alert('NOTE', `The comment of #${pullRequest} shows this plan.`, []);
  const title = `The comment of #${pullRequest} shows another plan. Review the plan below, not the comment.`;
  const more = places.length - MAX_PLACES;
  return alert('WARNING', title, [...places.slice(0, MAX_PLACES), ...(more > 0 ? [`${more} more places`] : [])]);
}

/** Lists stacks and addresses that differ between two records. */
function differentPlaces(reviewed: ReviewRecord, now: ReviewRecord): string[] {
  const names = [...new Set([...Object.keys(reviewed.stacks), ...Object.keys(now.stacks)])].sort();
  return names.flatMap((name) => {
    const [before, after] = [own(reviewed.stacks, name), own(now.stacks, name)];
    if (!before || !after) return [`${name}: only in ${before ? 'the comment' : 'this plan'}`];
    if (before.digest === after.digest) return [];
    const [old = {}, entries = {}] = [before.entries, after.entries];
    const addresses = [...new Set([...Object.keys(old), ...Object.keys(entries)])].sort();
    const different = addresses.filter(
      (address) => JSON.stringify(own(old, address)) !== JSON.stringify(own(entries, address)),
    );
    return different.length === 0 ? [`${name}: differs`] : different.map((address) => `${name}: ${address}`);
  });
}

/** Reads a property that is not inherited. The key comes from a comment, and can be a name such as `constructor`. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
