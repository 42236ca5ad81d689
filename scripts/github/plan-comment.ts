/** The comment with the plan of a pull request: the plan workflow writes it, the deploy workflow compares it. */
import { type Github, GithubError } from './api';
import { AUTHOR, findComment, writeComment } from './own-comment';

/** First line of the comment. Other comments of the same author do not have it. */
const MARK = '<!-- plan of the stacks, updated in place -->';

/** The last editor of a comment. Users with write access can edit a comment, and its author stays the same. */
interface CommentEditor {
  readonly node: { readonly editor: { readonly login: string; readonly __typename: string } | null } | null;
}

const EDITOR_QUERY = `query ($id: ID!) {
  node(id: $id) { ... on IssueComment { editor { login __typename } } }
}`;

interface PullRequest {
  readonly number: number;
  readonly merge_commit_sha: string | null;
  readonly merged_at: string | null;
}

export interface PlanComment {
  readonly pullRequest: number;
  readonly summary: string;
}

/** Creates or updates the comment. */
export function writePlanComment(github: Github, pullRequest: number, summary: string): Promise<'created' | 'updated'> {
  return writeComment(github, pullRequest, MARK, summary);
}

/**
 * Finds the comment with the plan of the pull request that was merged as a commit of the main branch.
 * @param commit the pushed commit: the merge, or the last commit of a rebase
 * @throws GithubError when no merged pull request, or more than one, has this merge commit; when the pull request has no plan
 *   comment; or when somebody edited the comment
 */
export async function planComment(github: Github, commit: string): Promise<PlanComment> {
  const all = await github.list<PullRequest>(`/commits/${commit}/pulls`);
  const merged = all.filter((pull) => pull.merged_at !== null && pull.merge_commit_sha === commit);
  const [pull] = merged;
  if (!pull || merged.length > 1)
    throw new GithubError(`${pull ? 'More than one' : 'No'} merged pull request has the merge commit ${commit}.`);
  const comment = await findComment(github, pull.number, MARK);
  if (!comment) throw new GithubError(`The pull request #${pull.number} has no comment with a plan.`);
  const { node } = await github.query<CommentEditor>(EDITOR_QUERY, { id: comment.node_id });
  const editor = node?.editor;
  if (editor && !(editor.__typename === 'Bot' && `${editor.login}[bot]` === AUTHOR))
    throw new GithubError(`${editor.login} edited the comment with the plan of #${pull.number}, so it is not trusted.`);
  // A comment has the line ends of its last editor, which can be CRLF.
  return { pullRequest: pull.number, summary: comment.body.replaceAll('\r\n', '\n').slice(MARK.length + 1) };
}
