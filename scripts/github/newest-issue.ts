/** Keeps one issue about what breaks with the newest versions of the packages. */
import type { Github } from './api';
import { closeIssue, findIssue, type OwnIssue, writeIssue } from './own-issue';

const ISSUE: OwnIssue = { label: 'newest', title: 'The newest versions of the packages break the project' };

/** GitHub's maximum for the text of an issue is 65,536 characters. */
const MAX_REPORTS_LENGTH = 60_000;

/**
 * Opens, updates or closes the issue.
 * @param reports the reports of `npm run newest` that found a failure, as Markdown
 * @param runUrl URL of the workflow run, for the text of the issue
 * @returns the line to print about the result
 */
export async function reportNewest(github: Github, reports: readonly string[], runUrl: string): Promise<string> {
  const open = await findIssue(github, ISSUE);
  if (reports.length === 0) {
    if (!open) return 'The newest versions work, and there is no open issue about them.';
    await closeIssue(github, open, `The newest versions work: ${runUrl}`);
    return `The newest versions work: closed #${open.number}.`;
  }
  const body =
    `The project was installed without its lock file, and something failed. Deployments use the lock file, so they still work. ` +
    `To repeat it on your machine: \`npm run newest\`, or \`npm run newest -- --latest\`. Found by ${runUrl}\n\n` +
    reports.join('\n\n').slice(0, MAX_REPORTS_LENGTH);
  const number = await writeIssue(github, ISSUE, open, body);
  return open ? `The newest versions still fail: updated #${number}.` : `The newest versions fail: opened #${number}.`;
}
