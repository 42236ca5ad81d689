/** The scripts for GitHub, against an HTTP server that stores comments and issues as GitHub does. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createReviewKey, type Plan, readPlan, summarize } from 'plan-review';
import { Github } from '../../scripts/github/api';
import { compareComment } from '../../scripts/github/compare-comment';
import { reportDrift } from '../../scripts/github/drift-issue';
import { reportNewest } from '../../scripts/github/newest-issue';
import { planComment, writePlanComment } from '../../scripts/github/plan-comment';

const WORKFLOW = { GITHUB_REPOSITORY: 'acme/crud', GITHUB_TOKEN: 'secret' };
const BOT = { login: 'github-actions[bot]', type: 'Bot' };
const MERGE = 'b'.repeat(40);
const HEAD = 'a'.repeat(40);
const RECORDED = path.join(__dirname, '../../packages/plan-review/__tests__/fixtures');

interface StoredComment {
  id: number;
  node_id: string;
  body: string;
  user: { login: string; type: string };
}

interface RequestBody {
  title: string;
  body: string;
  state: string;
  labels: string[];
}

/** A server with the comments, issues and pull requests of one repository. */
class FakeGithub {
  readonly comments: StoredComment[] = [];
  readonly issues: { number: number; title: string; state: string; body: string; labels: string[] }[] = [];
  pulls: object[] = [];
  editor: object | null = { login: 'github-actions', __typename: 'Bot' };
  readonly requests: string[] = [];
  private readonly server = http.createServer((request, response) => void this.answer(request, response));

  async listen(): Promise<Github> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    // GitHub Enterprise Server has these paths.
    return Github.fromEnvironment({
      ...WORKFLOW,
      GITHUB_API_URL: `${url}/api/v3`,
      GITHUB_GRAPHQL_URL: `${url}/api/graphql`,
    });
  }

  close(): void {
    this.server.close();
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://hub');
    const path = pathname.replace('/api/v3/repos/acme/crud', '');
    this.requests.push(`${request.method} ${path}`);
    if (request.headers.authorization !== 'Bearer secret') response.writeHead(401).end('{"message":"Bad credentials"}');
    else {
      const page = Number(searchParams.get('page') ?? 1);
      const answer = this.handle(`${request.method} ${path}`, JSON.parse(text || '{}') as RequestBody);
      const list = Array.isArray(answer) ? answer.slice((page - 1) * 100, page * 100) : answer;
      response.writeHead(list === undefined ? 404 : 200).end(JSON.stringify(list ?? { message: 'Not Found' }));
    }
  }

  private handle(request: string, input: RequestBody): unknown {
    const [, number] = /\/(\d+)$/.exec(request) ?? [];
    if (request === 'GET /issues/7/comments') return this.comments;
    if (request === 'POST /issues/7/comments')
      return this.addComment({ id: 1000, node_id: 'IC_1000', body: input.body, user: BOT });
    if (request.startsWith('PATCH /issues/comments/')) {
      return Object.assign(this.comments.find(({ id }) => id === Number(number)) ?? {}, input);
    }
    if (request === 'POST /api/graphql') return { data: { node: { editor: this.editor } } };
    if (request === `GET /commits/${MERGE}/pulls`) return this.pulls;
    if (request === 'GET /issues') return this.issues.filter(({ state }) => state === 'open');
    if (request === 'POST /issues') {
      this.issues.push({ ...input, number: 9, state: 'open' });
      return this.issues.at(-1);
    }
    if (request === 'POST /issues/9/comments') return {};
    if (request === 'PATCH /issues/9') return Object.assign(this.issues[0] ?? {}, input);
    return undefined;
  }

  private addComment(comment: StoredComment): StoredComment {
    this.comments.push(comment);
    return comment;
  }
}

let hub: FakeGithub;
let github: Github;

beforeEach(async () => {
  hub = new FakeGithub();
  github = await hub.listen();
});

afterEach(() => hub.close());

describe('the comment with the plan', () => {
  test('is created once, then updated', async () => {
    expect(await writePlanComment(github, 7, '# One\n')).toBe('created');
    expect(await writePlanComment(github, 7, '# Two\n')).toBe('updated');
    expect(hub.comments).toHaveLength(1);
    expect(hub.comments[0]?.body).toMatch(/^<!-- .* -->\n# Two\n$/);
  });

  test('is found after 150 comments by other users', async () => {
    await writePlanComment(github, 7, '# Ours');
    const ours = hub.comments.splice(0);
    const forged = { id: 1, node_id: 'IC_1', body: ours[0]?.body ?? '', user: { login: 'mallory', type: 'User' } };
    hub.comments.push(...Array.from({ length: 150 }, (_, id) => ({ ...forged, id })), ...ours);
    expect(await writePlanComment(github, 7, '# New')).toBe('updated');
    expect(hub.comments.filter(({ body }) => body.endsWith('# New'))).toEqual([expect.objectContaining({ user: BOT })]);
  });
});

const MERGED = { number: 7, merge_commit_sha: MERGE, merged_at: '2026-11-22T10:00:00Z' };

describe('planComment', () => {
  test('returns the comment of the merged pull request, with its original line ends', async () => {
    hub.pulls = [{ ...MERGED, number: 8, merge_commit_sha: 'a'.repeat(40) }, MERGED];
    await writePlanComment(github, 7, '# Plan\n\n<!-- record -->\n');
    for (const comment of hub.comments) comment.body = comment.body.replaceAll('\n', '\r\n');
    expect(await planComment(github, MERGE)).toEqual({ pullRequest: 7, summary: '# Plan\n\n<!-- record -->\n' });
  });

  test('refuses a commit without a merged pull request', async () => {
    hub.pulls = [{ ...MERGED, merged_at: null }];
    await expect(planComment(github, MERGE)).rejects.toThrow('No merged pull request has the merge commit');
    hub.pulls = [MERGED, { ...MERGED, number: 8 }];
    await expect(planComment(github, MERGE)).rejects.toThrow('More than one merged pull request has the merge commit');
  });

  test('refuses a pull request without a comment by the workflow', async () => {
    hub.pulls = [MERGED];
    await writePlanComment(github, 7, '# Plan');
    Object.assign(hub.comments[0] ?? {}, { user: { login: 'github-actions[bot]', type: 'User' } });
    await expect(planComment(github, MERGE)).rejects.toThrow('#7 has no comment with a plan');
  });

  test('refuses a comment that anybody but the workflow edited', async () => {
    hub.pulls = [MERGED];
    await writePlanComment(github, 7, '# Plan');
    hub.editor = null;
    expect(await planComment(github, MERGE)).toMatchObject({ summary: '# Plan' });
    hub.editor = { login: 'github-actions', __typename: 'User' };
    await expect(planComment(github, MERGE)).rejects.toThrow('github-actions edited the comment');
    hub.editor = { login: 'mallory', __typename: 'User' };
    await expect(planComment(github, MERGE)).rejects.toThrow('mallory edited the comment with the plan of #7');
  });
});

describe('compareComment', () => {
  const KEY = createReviewKey('ab'.repeat(32));
  const plan = (name: string, stack = 'items') => readPlan(path.join(RECORDED, `${name}-items.json`), stack);
  const comment = (text: string) => writePlanComment(github, 7, text);
  const compare = (...plans: Plan[]) => compareComment(github, MERGE, plans, KEY);

  beforeEach(() => (hub.pulls = [MERGED]));

  test('says that the comment shows the plan, for any commit and any first lines', async () => {
    await comment(summarize([plan('create')], { commit: HEAD, first: '> a note', key: KEY }));
    expect(await compare(plan('create'))).toBe('> [!NOTE]\n> The comment of &#35;7 shows this plan.\n');
  });

  test('names the addresses that differ', async () => {
    await comment(summarize([plan('create')], { key: KEY }));
    const text = await compare(plan('setting'));
    expect(text).toMatch(
      /^> \[!WARNING\]\n> The comment of &#35;7 shows another plan\. Review the plan below, not the comment\.\n>\n> - items: /,
    );
    expect(text).toContain('aws&#95;lambda&#95;function.function &#40;action&#41;');
  });

  test('names a stack that only one plan has', async () => {
    await comment(summarize([plan('create'), plan('create', 'gone')], { key: KEY }));
    const text = await compare(plan('create'), plan('create', 'others'));
    expect(text).toContain('> - gone: only in the comment\n> - others: only in this plan\n');
  });

  test('names the line of a text that is not the summary of the plan', async () => {
    const summary = summarize([plan('replace-table')], { key: KEY });
    await comment(summary.replace('Loses data', 'Keeps data'));
    expect(await compare(plan('replace-table'))).toMatch(
      /^> \[!CAUTION\]\n> The comment of &#35;7 has the record of this plan, but another text\. Find out who changed it\.\n>\n> - line \d+: .*Keeps data/,
    );
  });

  test('says without suspicion that the comment omits parts and has another seal', async () => {
    await comment(summarize([plan('create')], { limit: 4000, key: createReviewKey('cd'.repeat(32)) }));
    expect(await compare(plan('create'))).toBe(
      '> [!WARNING]\n> The comment of &#35;7 omits parts of this plan, and its record has no valid seal. Review the plan below.\n',
    );
  });

  test.each<[string, () => unknown, string]>([
    ['there is no pull request', () => (hub.pulls = []), 'No merged pull request has the merge commit'],
    ['there is no comment', () => undefined, 'has no comment with a plan'],
    [
      'the comment has no record',
      () => comment('## Terraform plan: none before the merge'),
      'The comment of &#35;7: contains no review record',
    ],
    [
      'the comment is damaged',
      () => comment('# x\n\n<!-- plan-review 9 0123456789abcdef AA== -->'),
      'The comment of &#35;7: ',
    ],
  ])('gives the reason when %s', async (_, prepare, reason) => {
    await prepare();
    const text = await compare(plan('create'));
    expect(text).toMatch(/^> \[!WARNING\]\n> No comment to compare with\. Review the plan below\.\n>\n> - [^\n]*\n$/);
    expect(text).toContain(reason);
  });
});

test('the issue about the newest versions is opened, updated and closed, and holds at most 60,000 characters of reports', async () => {
  expect(await reportNewest(github, [], 'run 1')).toBe(
    'The newest versions work, and there is no open issue about them.',
  );
  expect(await reportNewest(github, ['# Node.js 22', '# Node.js 24'], 'run 2')).toBe(
    'The newest versions fail: opened #9.',
  );
  expect(hub.issues).toMatchObject([
    { labels: ['newest'], body: expect.stringMatching(/run 2\n\n# Node.js 22\n\n# Node/) as unknown },
  ]);
  expect(await reportNewest(github, ['x'.repeat(70_000)], 'run 3')).toBe('The newest versions still fail: updated #9.');
  expect(hub.issues[0]?.body.length).toBeLessThan(65_536);
  expect(await reportNewest(github, [], 'run 4')).toBe('The newest versions work: closed #9.');
});

describe('the issue about drift', () => {
  test('is opened, updated and closed', async () => {
    expect(await reportDrift(github, undefined, 'run 1')).toBe('No drift, and no open issue about drift.');
    expect(await reportDrift(github, '# Plan', 'run 2')).toBe('There is drift: opened #9.');
    expect(hub.issues).toMatchObject([{ labels: ['drift'], body: expect.stringContaining('# Plan') as unknown }]);
    expect(hub.issues[0]?.body).toMatch(
      /If an older version is live, it would bring the faulty version back: first revert/,
    );
    expect(await reportDrift(github, '# Other', 'run 3')).toBe('There is still drift: updated #9.');
    expect(await reportDrift(github, undefined, 'run 4')).toBe('The drift is gone: closed #9.');
    expect(hub.issues).toMatchObject([{ state: 'closed' }]);
    expect(await reportDrift(github, undefined, 'run 5')).toBe('No drift, and no open issue about drift.');
  });
});
