/** Keeps one issue about a subject: finds, opens, updates and closes it. */
import type { Github } from './api';

/** An issue that a workflow keeps. No other open issue has its label and its title. */
export interface OwnIssue {
  readonly label: string;
  readonly title: string;
}

export interface Issue {
  readonly number: number;
  readonly title: string;
  /** ISO 8601, for example `2026-11-29T03:25:10Z`. */
  readonly created_at: string;
  readonly pull_request?: object;
}

/** @returns undefined when the issue is not open */
export async function findIssue(github: Github, { label, title }: OwnIssue): Promise<Issue | undefined> {
  const issues = await github.list<Issue>('/issues', { state: 'open', labels: label });
  return issues.find((issue) => issue.pull_request === undefined && issue.title === title);
}

/** Updates the open issue, or opens one. @returns its number */
export async function writeIssue(
  github: Github,
  { label, title }: OwnIssue,
  open: Issue | undefined,
  body: string,
): Promise<number> {
  if (open) {
    await github.send('PATCH', `/issues/${open.number}`, { body });
    return open.number;
  }
  return (await github.send<Issue>('POST', '/issues', { title, body, labels: [label] })).number;
}

/** @param comment the last comment, with the reason */
export async function closeIssue(github: Github, { number }: Issue, comment: string): Promise<void> {
  await github.send('POST', `/issues/${number}/comments`, { body: comment });
  await github.send('PATCH', `/issues/${number}`, { state: 'closed', state_reason: 'completed' });
}
