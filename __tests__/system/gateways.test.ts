/** Calls the APIs of the examples and an API with a counter over HTTP, behind each gateway that supports their contracts. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { session as linksSession } from '../../examples/links/session';
import { notes } from '../../examples/notes/contract';
import { orders } from '../../examples/orders/contract';
import { todos } from '../../examples/todos/contract';
import type { Api } from '../../function/contract/api';
import { contractSession } from '../../scripts/smoke/contract-session';
import { runSession } from '../../scripts/smoke/session';
import { posts } from '../support/contract/contracts';
import { type Answer, send } from '../support/http';
import { type LocalRun, ROOT, startLocalRun } from '../support/local-run';

const FOLDER = path.join(ROOT, 'dist/gateways-test');

/** Each contract as an HTTP API, and as a REST API without CORS. `notes` needs JWTs, which only HTTP APIs support. */
const MAIN = `
import { links } from '../../examples/links/contract';
import { notes } from '../../examples/notes/contract';
import { orders } from '../../examples/orders/contract';
import { todos } from '../../examples/todos/contract';
import { posts } from '../../__tests__/support/contract/contracts';
import { runApis } from '../../stacks/run-apis';
const contracts = [links, orders, posts, todos];
const onRest = contracts.map(({ cors, ...api }) => ({ ...api, name: api.name + '-rest', gateway: 'rest-api' }));
runApis([notes, ...contracts, ...onRest]);
`;

const LINKS = "export { handler } from '../../../../examples/links/index';\n";

/** The function of the example, with the handler of the other gateway. */
const LINKS_ON_REST = readFileSync(path.join(ROOT, 'examples/links/index.ts'), 'utf8')
  .replaceAll('httpApiHandler', 'restApiHandler')
  .replace('http/http-api', 'http/rest-api')
  .replaceAll("'../../function/", "'../../../../function/")
  .replace("'./contract'", "'../../../../examples/links/contract'");

const sessions = [notes, orders, posts, todos].flatMap((api: Api) => {
  const session = contractSession(api);
  return [{ stack: api.name, session }, ...(api === notes ? [] : [{ stack: `${api.name}-rest`, session }])];
});

let run: LocalRun;

beforeAll(async () => {
  write('main.ts', MAIN);
  write('function/links/index.ts', LINKS);
  write('function/links-rest/index.ts', LINKS_ON_REST);
  write('cdktf.json', JSON.stringify({ language: 'typescript', app: 'node ../../app.cjs' }));
  run = await startLocalRun({ args: [FOLDER] });
});

afterAll(async () => {
  await run.stop();
  rmSync(FOLDER, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  const file = path.join(FOLDER, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const urlOf = (stack: string) => run.outputs[stack]?.['url'] as string;

test.each([...sessions, { stack: 'links', session: linksSession }, { stack: 'links-rest', session: linksSession }])(
  '$stack answers every step of its session',
  async ({ stack, session }) => {
    expect(await runSession(stack, run.outputs[stack] ?? {}, session, { print: () => undefined })).toBeUndefined();
  },
);

describe.each(['posts', 'posts-rest'])('%s', (stack) => {
  /** The path of a REST API's URL is its stage. */
  const base = () => new URL(urlOf(stack)).pathname.replace(/\/$/, '');
  const call = (method: string, target: string, body?: string): Promise<Answer> =>
    send(urlOf(stack), method, base() + target, { ...(body !== undefined && { body }) });

  test('counts 20 concurrent requests as 20, each with its own count', async () => {
    const { status, json } = await call('POST', '/posts', '{"title":"Tea"}');
    expect([status, json.likes]).toEqual([201, 0]);
    const likes = await Promise.all(Array.from({ length: 20 }, () => call('POST', `/posts/${json.id}/likes`)));
    expect(likes.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 200));
    const counts = likes.map((answer) => answer.json.likes as number).sort((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect((await call('GET', `/posts/${json.id}`)).json).toMatchObject({ title: 'Tea', likes: 20, version: 21 });
  });

  test('refuses an increment with a body, of an absent item, and a counter that the caller sets', async () => {
    const { json } = await call('POST', '/posts', '{"title":"Tea"}');
    expect((await call('POST', `/posts/${json.id}/likes`, '{"by":5}')).status).toBe(400);
    expect((await call('POST', '/posts/01941f29-7c00-7aaa-8bbb-0123456789ab/likes')).status).toBe(404);
    expect((await call('POST', '/posts', '{"title":"Tea","likes":5}')).status).toBe(400);
  });
});
