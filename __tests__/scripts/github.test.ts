/** The workflows' words with GitHub, over HTTP, with a server that keeps what GitHub would. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Github } from '../../scripts/github/api';
import { reportDrift } from '../../scripts/github/drift-issue';
import { mergedHead, reviewedPlan, writePlanComment } from '../../scripts/github/plan-comment';

const WORKFLOW = { GITHUB_REPOSITORY: 'acme/crud', GITHUB_TOKEN: 'secret' };
const BOT = { login: 'github-actions[bot]', type: 'Bot' };
const MERGE = 'b'.repeat(40);
const HEAD = 'a'.repeat(40);

interface Kept {
  id: number;
  node_id: string;
  body: string;
  user: { login: string; type: string };
}

interface Given {
  title: string;
  body: string;
  state: string;
  labels: string[];
}

/** What the server has, and what it was asked. */
class Hub {
  readonly comments: Kept[] = [];
  readonly issues: { number: number; title: string; state: string; body: string; labels: string[] }[] = [];
  pulls: object[] = [];
  editor: object | null = { login: 'github-actions', __typename: 'Bot' };
  readonly asked: string[] = [];
  private readonly server = http.createServer((request, response) => void this.answer(request, response));

  async listen(): Promise<Github> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    // As Enterprise Server has them.
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
    this.asked.push(`${request.method} ${path}`);
    if (request.headers.authorization !== 'Bearer secret') response.writeHead(401).end('{"message":"Bad credentials"}');
    else {
      const page = Number(searchParams.get('page') ?? 1);
      const answer = this.handle(`${request.method} ${path}`, JSON.parse(text || '{}') as Given);
      const list = Array.isArray(answer) ? answer.slice((page - 1) * 100, page * 100) : answer;
      response.writeHead(list === undefined ? 404 : 200).end(JSON.stringify(list ?? { message: 'Not Found' }));
    }
  }

  private handle(asked: string, given: Given): unknown {
    const [, number] = /\/(\d+)$/.exec(asked) ?? [];
    if (asked === 'GET /issues/7/comments') return this.comments;
    if (asked === 'POST /issues/7/comments')
      return this.keep({ id: 1000, node_id: 'IC_1000', body: given.body, user: BOT });
    if (asked.startsWith('PATCH /issues/comments/')) {
      return Object.assign(this.comments.find(({ id }) => id === Number(number)) ?? {}, given);
    }
    if (asked === 'POST /api/graphql') return { data: { node: { editor: this.editor } } };
    if (asked === 'GET /pulls/7') return this.pulls[0];
    if (asked === `GET /commits/${MERGE}/pulls`) return this.pulls;
    if (asked === 'GET /issues') return this.issues.filter(({ state }) => state === 'open');
    if (asked === 'POST /issues') {
      this.issues.push({ ...given, number: 9, state: 'open' });
      return this.issues.at(-1);
    }
    if (asked === 'POST /issues/9/comments') return {};
    if (asked === 'PATCH /issues/9') return Object.assign(this.issues[0] ?? {}, given);
    return undefined;
  }

  private keep(comment: Kept): Kept {
    this.comments.push(comment);
    return comment;
  }
}

let hub: Hub;
let github: Github;

beforeEach(async () => {
  hub = new Hub();
  github = await hub.listen();
});

afterEach(() => hub.close());

describe('the comment with the plan', () => {
  test('is made once, and then updated in place', async () => {
    expect(await writePlanComment(github, 7, '# One\n')).toBe('made');
    expect(await writePlanComment(github, 7, '# Two\n')).toBe('updated');
    expect(hub.comments).toHaveLength(1);
    expect(hub.comments[0]?.body).toMatch(/^<!-- .* -->\n# Two\n$/);
  });

  test('is found behind a hundred others, and never one of somebody else', async () => {
    await writePlanComment(github, 7, '# Ours');
    const ours = hub.comments.splice(0);
    const forged = { id: 1, node_id: 'IC_1', body: ours[0]?.body ?? '', user: { login: 'mallory', type: 'User' } };
    hub.comments.push(...Array.from({ length: 150 }, (_, id) => ({ ...forged, id })), ...ours);
    expect(await writePlanComment(github, 7, '# New')).toBe('updated');
    expect(hub.comments.filter(({ body }) => body.endsWith('# New'))).toEqual([expect.objectContaining({ user: BOT })]);
  });
});

describe('the plan that was reviewed for a commit', () => {
  const merged = { number: 7, merge_commit_sha: MERGE, merged_at: '2026-11-22T10:00:00Z', head: { sha: HEAD } };

  test('is that of the pull request which brought it, as it was written', async () => {
    hub.pulls = [{ ...merged, number: 8, merge_commit_sha: HEAD }, merged];
    await writePlanComment(github, 7, '# Plan\n\n<!-- record -->\n');
    for (const comment of hub.comments) comment.body = comment.body.replaceAll('\n', '\r\n');
    expect(await reviewedPlan(github, MERGE)).toEqual({
      pullRequest: 7,
      commit: HEAD,
      summary: '# Plan\n\n<!-- record -->\n',
    });
  });

  test('there is none for a commit that no merged pull request brought', async () => {
    hub.pulls = [{ ...merged, merged_at: null }];
    await expect(reviewedPlan(github, MERGE)).rejects.toThrow('No merged pull request brought the commit');
  });

  test('there is none without a comment, or with a forged one', async () => {
    hub.pulls = [merged];
    await writePlanComment(github, 7, '# Plan');
    Object.assign(hub.comments[0] ?? {}, { user: { login: 'github-actions[bot]', type: 'User' } });
    await expect(reviewedPlan(github, MERGE)).rejects.toThrow('#7 has no comment with a plan');
  });
});

describe('a plan that is edited, or made again', () => {
  const merged = { number: 7, merge_commit_sha: MERGE, merged_at: '2026-11-22T10:00:00Z', head: { sha: HEAD } };

  beforeEach(async () => {
    hub.pulls = [merged];
    await writePlanComment(github, 7, '# Plan');
  });

  test('nobody edited the comment but the workflow', async () => {
    hub.editor = null;
    expect(await reviewedPlan(github, MERGE)).toMatchObject({ summary: '# Plan' });
    hub.editor = { login: 'github-actions', __typename: 'User' };
    await expect(reviewedPlan(github, MERGE)).rejects.toThrow('github-actions edited the comment');
    hub.editor = { login: 'mallory', __typename: 'User' };
    await expect(reviewedPlan(github, MERGE)).rejects.toThrow('mallory edited the comment with the plan of #7');
  });

  test('is made again for the last pull request that was merged', async () => {
    expect(await mergedHead(github, 7, MERGE)).toBe(HEAD);
    await expect(mergedHead(github, 7, HEAD)).rejects.toThrow('#7 is not the last that was merged');
    hub.pulls = [{ ...merged, merged_at: null }];
    await expect(mergedHead(github, 7, MERGE)).rejects.toThrow('#7 is not merged');
  });
});

describe('the issue about drift', () => {
  test('is opened, updated and closed', async () => {
    expect(await reportDrift(github, undefined, 'run 1')).toBe('No drift, and no issue about any.');
    expect(await reportDrift(github, '# Plan', 'run 2')).toBe('Drift: opened #9.');
    expect(hub.issues).toMatchObject([{ labels: ['drift'], body: expect.stringContaining('# Plan') as unknown }]);
    expect(await reportDrift(github, '# Other', 'run 3')).toBe('Still drift: updated #9.');
    expect(await reportDrift(github, undefined, 'run 4')).toBe('No drift any more: closed #9.');
    expect(hub.issues).toMatchObject([{ state: 'closed' }]);
    expect(await reportDrift(github, undefined, 'run 5')).toBe('No drift, and no issue about any.');
  });
});

test('what GitHub refuses is said with what was asked', async () => {
  await expect(github.send('GET', '/nothing')).rejects.toThrow(
    /^GET http:\S+\/api\/v3\/repos\/acme\/crud\/nothing: 404/,
  );
  expect(() => Github.fromEnvironment({})).toThrow('GITHUB_TOKEN and GITHUB_REPOSITORY must be set');
  const nobody = Github.fromEnvironment({ ...WORKFLOW, GITHUB_API_URL: 'http://127.0.0.1:1' });
  await expect(nobody.send('GET', '/x')).rejects.toThrow('no answer');
  await expect(nobody.query('{}', {})).rejects.toThrow('POST http://127.0.0.1:1/graphql: no answer');
});
