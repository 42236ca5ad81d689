/** Comments that the workflows write on pull requests. A mark in the first line tells them apart. */
import type { Github } from './api';

/** Author of comments that workflows write. Comments by other authors are not trusted. */
export const AUTHOR = 'github-actions[bot]';

export interface Comment {
  readonly id: number;
  readonly node_id: string;
  readonly body: string;
  readonly user: { readonly login: string; readonly type: string } | null;
}

/**
 * Creates or updates the comment with a mark.
 * @param mark the first line, an HTML comment
 * @param text the text after the first line
 */
export async function writeComment(
  github: Github,
  pullRequest: number,
  mark: string,
  text: string,
): Promise<'created' | 'updated'> {
  const body = `${mark}\n${text}`;
  const existing = await findComment(github, pullRequest, mark);
  if (existing) {
    await github.send('PATCH', `/issues/comments/${existing.id}`, { body });
    return 'updated';
  }
  await github.send('POST', `/issues/${pullRequest}/comments`, { body });
  return 'created';
}

/** Finds the comment with a mark. A comment has the line ends of its last editor, which can be CRLF. */
export async function findComment(github: Github, pullRequest: number, mark: string): Promise<Comment | undefined> {
  const comments = await github.list<Comment>(`/issues/${pullRequest}/comments`);
  return comments.find(
    ({ user, body }) =>
      user?.login === AUTHOR && user.type === 'Bot' && body.replaceAll('\r\n', '\n').startsWith(`${mark}\n`),
  );
}
