/** Keeps one issue about drift: opens, updates and closes it. */
import type { Github } from './api';

const LABEL = 'drift';

interface Issue {
  readonly number: number;
  readonly title: string;
  readonly pull_request?: object;
}

const TITLE = 'Drift: the deployed resources differ from the main branch';

/**
 * Opens, updates or closes the issue.
 * @param summary summary of the plan that would undo the drift; undefined when there is no drift
 * @param runUrl URL of the workflow run, for the text of the issue
 * @returns the line to print about the result
 */
export async function reportDrift(github: Github, summary: string | undefined, runUrl: string): Promise<string> {
  const issues = await github.list<Issue>('/issues', { state: 'open', labels: LABEL });
  const open = issues.find((issue) => issue.pull_request === undefined && issue.title === TITLE);
  if (summary === undefined) {
    if (!open) return 'No drift, and no open issue about drift.';
    await github.send('POST', `/issues/${open.number}/comments`, { body: `The drift is gone: ${runUrl}` });
    await github.send('PATCH', `/issues/${open.number}`, { state: 'closed', state_reason: 'completed' });
    return `The drift is gone: closed #${open.number}.`;
  }
  const body =
    `The deployed resources differ from the main branch: somebody changed them by hand, or a deployment is running, waits ` +
    `for approval, or failed. The plan below restores the main branch. Deploy it, or add the change to the code. ` +
    `Found by ${runUrl}\n\n${summary}`;
  if (open) {
    await github.send('PATCH', `/issues/${open.number}`, { body });
    return `There is still drift: updated #${open.number}.`;
  }
  const { number } = await github.send<Issue>('POST', '/issues', { title: TITLE, body, labels: [LABEL] });
  return `There is drift: opened #${number}.`;
}
