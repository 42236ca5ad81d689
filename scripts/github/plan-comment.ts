/** The one comment on a pull request that has its plan: written by the plan workflow, read by the deployment. */
import { type Github, GithubError } from './api';

/** Tells the comment from others of the same author. */
const MARK = '<!-- plan of the stacks, updated in place -->';

/** Who workflows are; a comment by anybody else is no review, whatever stands in it. */
const AUTHOR = 'github-actions[bot]';

interface Comment {
  readonly id: number;
  readonly node_id: string;
  readonly body: string;
  readonly user: { readonly login: string; readonly type: string } | null;
}

/** Who wrote over a comment last: whoever may write to the repository can, and its author stays who it was. */
interface Edited {
  readonly node: { readonly editor: { readonly login: string; readonly __typename: string } | null } | null;
}

const EDITOR = `query ($id: ID!) {
  node(id: $id) { ... on IssueComment { editor { login __typename } } }
}`;

interface PullRequest {
  readonly number: number;
  readonly merge_commit_sha: string | null;
  readonly merged_at: string | null;
  readonly head: { readonly sha: string };
}

export interface ReviewedPlan {
  readonly pullRequest: number;
  /** The commit that was reviewed: the last of the pull request, before it was merged. */
  readonly commit: string;
  readonly summary: string;
}

/** Writes the comment, or writes over it. @returns which of it */
export async function writePlanComment(
  github: Github,
  pullRequest: number,
  summary: string,
): Promise<'made' | 'updated'> {
  const body = `${MARK}\n${summary}`;
  const existing = await find(github, pullRequest);
  if (existing) {
    await github.send('PATCH', `/issues/comments/${existing.id}`, { body });
    return 'updated';
  }
  await github.send('POST', `/issues/${pullRequest}/comments`, { body });
  return 'made';
}

/**
 * The plan that was reviewed for a commit of the main branch.
 * @param commit what was pushed: the merge, or the last commit of a rebase
 * @throws GithubError when no merged pull request brought it, or none of its comments has a plan
 */
export async function reviewedPlan(github: Github, commit: string): Promise<ReviewedPlan> {
  const all = await github.list<PullRequest>(`/commits/${commit}/pulls`);
  const merged = all.filter((pull) => pull.merged_at !== null && pull.merge_commit_sha === commit);
  const [pull] = merged;
  if (!pull || merged.length > 1) {
    throw new GithubError(
      `${pull ? 'More than one' : 'No'} merged pull request brought the commit ${commit}, and so there is no reviewed plan. ` +
        'Open one; its plan is reviewed with it.',
    );
  }
  const comment = await find(github, pull.number);
  if (!comment) {
    throw new GithubError(
      `The pull request #${pull.number} has no comment with a plan. Run the workflow plan for it: its input is the number.`,
    );
  }
  const { node } = await github.query<Edited>(EDITOR, { id: comment.node_id });
  const editor = node?.editor;
  if (editor && !(editor.__typename === 'Bot' && `${editor.login}[bot]` === AUTHOR)) {
    throw new GithubError(
      `${editor.login} edited the comment with the plan of #${pull.number}, so that it is no review. ` +
        'Run the workflow plan for the pull request, and review its plan.',
    );
  }
  // GitHub gives back line ends as they came from whoever edited last.
  const summary = comment.body.replaceAll('\r\n', '\n').slice(MARK.length + 1);
  return { pullRequest: pull.number, commit: pull.head.sha, summary };
}

/**
 * The commit to plan a pull request for again: its last, when it is merged and the main branch still stands there.
 * @param commit where the main branch stands
 * @throws GithubError otherwise: the plan would be of something else than what was reviewed
 */
export async function mergedHead(github: Github, pullRequest: number, commit: string): Promise<string> {
  const pull = await github.send<PullRequest>('GET', `/pulls/${pullRequest}`);
  if (pull.merged_at !== null && pull.merge_commit_sha === commit) return pull.head.sha;
  throw new GithubError(
    pull.merged_at === null
      ? `#${pullRequest} is not merged: a push to it, or running its workflow again, makes its plan anew.`
      : `#${pullRequest} is not the last that was merged: the main branch is at ${commit}. Name the last one.`,
  );
}

async function find(github: Github, pullRequest: number): Promise<Comment | undefined> {
  const comments = await github.list<Comment>(`/issues/${pullRequest}/comments`);
  return comments.find(
    ({ user, body }) =>
      user?.login === AUTHOR && user.type === 'Bot' && body.replaceAll('\r\n', '\n').startsWith(`${MARK}\n`),
  );
}
