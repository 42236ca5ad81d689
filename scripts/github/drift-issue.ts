/** The one issue that says what differs from the main branch: opened, brought up to date, and closed. */
import type { Github } from './api';

const LABEL = 'drift';

interface Issue {
  readonly number: number;
  readonly title: string;
  readonly pull_request?: object;
}

const TITLE = 'What is deployed differs from the main branch';

/**
 * @param summary of the plan that would undo the drift; undefined when there is none
 * @returns what was done, as a line
 */
export async function reportDrift(github: Github, summary: string | undefined, run: string): Promise<string> {
  const issues = await github.list<Issue>('/issues', { state: 'open', labels: LABEL });
  const open = issues.find((issue) => issue.pull_request === undefined && issue.title === TITLE);
  if (summary === undefined) {
    if (!open) return 'No drift, and no issue about any.';
    await github.send('POST', `/issues/${open.number}/comments`, { body: `No drift any more: ${run}` });
    await github.send('PATCH', `/issues/${open.number}`, { state: 'closed', state_reason: 'completed' });
    return `No drift any more: closed #${open.number}.`;
  }
  const body =
    `Somebody changed what the stacks deployed, or a deployment is under way, waits for its approval, or did not come to its ` +
    `end. The plan below would make it as the main branch says; deploy it, or take the change into the code. Seen by ${run}\n\n${summary}`;
  if (open) {
    await github.send('PATCH', `/issues/${open.number}`, { body });
    return `Still drift: updated #${open.number}.`;
  }
  const { number } = await github.send<Issue>('POST', '/issues', { title: TITLE, body, labels: [LABEL] });
  return `Drift: opened #${number}.`;
}
