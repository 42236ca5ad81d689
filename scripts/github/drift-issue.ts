/** Keeps one issue about drift: opens, updates and closes it. The age of the open issue is the age of the drift. */
import type { Github } from './api';
import { closeIssue, findIssue, type OwnIssue, writeIssue } from './own-issue';

const HOUR_MS = 3_600_000;

const ISSUE: OwnIssue = { label: 'drift', title: 'Drift: the deployed resources differ from the main branch' };

/**
 * Opens, updates or closes the issue.
 * @param summary summary of the plan that would undo the drift; undefined when there is no drift
 * @param runUrl URL of the workflow run, for the text of the issue
 * @returns the line to print about the result
 */
export async function reportDrift(github: Github, summary: string | undefined, runUrl: string): Promise<string> {
  const open = await findIssue(github, ISSUE);
  if (summary === undefined) {
    if (!open) return 'No drift, and no open issue about drift.';
    await closeIssue(github, open, `The drift is gone: ${runUrl}`);
    return `The drift is gone: closed #${open.number}.`;
  }
  const body =
    `The deployed resources differ from the main branch: somebody changed them by hand or with npm run rollback, an ` +
    `alarm moved a function back, or a deployment is running, waits for approval, or failed. The plan below restores the ` +
    `main branch. Deploy it only if it undoes a wrong change. If an older version is live, it would bring the faulty ` +
    `version back: first revert the faulty change on the main branch. If the change is wanted, add it to the code. Found ` +
    `by ${runUrl}\n\n${summary}`;
  const number = await writeIssue(github, ISSUE, open, body);
  return open ? `There is still drift: updated #${number}.` : `There is drift: opened #${number}.`;
}

/**
 * Returns for how long the issue about drift has been open.
 * @returns whole hours, rounded; 0 without an open issue
 */
export async function driftAgeHours(github: Github, now = new Date()): Promise<number> {
  const open = await findIssue(github, ISSUE);
  if (!open) return 0;
  const hours = Math.round((now.getTime() - Date.parse(open.created_at)) / HOUR_MS);
  if (Number.isNaN(hours))
    throw new Error(`GitHub says that issue #${open.number} is of ${open.created_at}, which is no date.`);
  return Math.max(0, hours);
}
