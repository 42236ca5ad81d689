/** Authorizer functions behind both gateways, owner rules, and CORS of REST APIs, in the local run. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Answer, send } from '../support/http';
import { type LocalRun, ROOT, startLocalRun } from '../support/local-run';

const FOLDER = path.join(ROOT, 'dist/callers-test');

const MAIN = `
import { desks, diaries, rooms } from '../../__tests__/support/caller-contracts';
import { runApis } from '../../stacks/run-apis';
runApis([desks, diaries, rooms]);
`;

let run: LocalRun;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, 'main.ts'), MAIN);
  const context = { domain: 'example.com', hostedZone: 'Z0123456789ABCDEFGHIJ' };
  const app = { language: 'typescript', app: 'node ../../app.cjs', context };
  writeFileSync(path.join(FOLDER, 'cdktf.json'), JSON.stringify(app));
  run = await startLocalRun({ args: [FOLDER] });
});

afterAll(async () => {
  await run.stop();
  rmSync(FOLDER, { recursive: true, force: true });
});

function call(stack: string, method: string, target: string, headers = {}, body?: object): Promise<Answer> {
  const url = run.outputs[stack]?.['url'] as string;
  const content = body === undefined ? {} : { 'content-type': 'application/json' };
  // The stage of a REST API is the first segment of the path.
  const { pathname } = new URL(url);
  return send(url, method, `${pathname === '/' ? '' : pathname}${target}`, {
    headers: { ...content, ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const ADA = { 'x-session': 'ada-session' };
const BOB = { 'x-session': 'bob-session' };

describe.each([
  ['desks', 'deskId'],
  ['rooms', 'roomId'],
])('the authorizer of %s', (stack, id) => {
  test('lets callers in, who have separate items', async () => {
    const created = await call(stack, 'POST', `/${stack}`, ADA, { text: 'mine' });
    expect(created).toMatchObject({ status: 201, json: { owner: 'ada', text: 'mine' } });
    const target = `/${stack}/${created.json[id]}`;
    expect((await call(stack, 'GET', target, ADA)).status).toBe(200);
    expect((await call(stack, 'GET', target, BOB)).status).toBe(404);
    expect((await call(stack, 'GET', `/${stack}`, BOB)).json).toEqual({ items: [] });
  });

  test('refuses callers', async () => {
    expect((await call(stack, 'GET', `/${stack}`, { 'x-session': 'nobody' })).status).toBe(403);
    expect(await call(stack, 'GET', `/${stack}`)).toMatchObject({ status: 401, json: { message: 'Unauthorized' } });
  });
});

describe('CORS of a REST API', () => {
  const page = { origin: 'https://diaries.example.com' };

  test('answers preflight requests of pages', async () => {
    const { status, headers } = await call('diaries', 'OPTIONS', '/diaries/1', page);
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': page.origin,
      'access-control-allow-methods': 'DELETE,GET',
      'access-control-allow-credentials': 'true',
    });
  });

  test('allows one of several origins', async () => {
    const { status, headers } = await call('rooms', 'OPTIONS', '/rooms', { origin: 'http://localhost:5173' });
    expect([status, headers['access-control-allow-origin']]).toEqual([204, 'http://localhost:5173']);
    const other = await call('rooms', 'OPTIONS', '/rooms', { origin: 'https://evil.example' });
    expect(other.headers['access-control-allow-origin']).toBe('https://rooms.example.com');
  });

  test('lets pages read errors of API Gateway', async () => {
    const { status, headers } = await call('diaries', 'GET', '/diaries/1', page);
    expect([status, headers['access-control-allow-origin']]).toEqual([401, page.origin]);
  });

  test('lets pages of the listed origins read responses of the function', async () => {
    const allowed = await call('rooms', 'GET', '/rooms', { ...ADA, origin: 'http://localhost:5173' });
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:5173',
      'access-control-expose-headers': expect.stringContaining('etag'),
      vary: 'Origin',
    });
    const refused = await call('rooms', 'GET', '/rooms', { ...ADA, origin: 'https://evil.example' });
    expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
