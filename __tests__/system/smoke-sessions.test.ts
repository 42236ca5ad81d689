/** Sessions made from contracts, run over HTTP against an app in a separate folder. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Api } from '../../function/contract/api';
import { differs, measure } from '../../scripts/iam/measure';
import { contractSession } from '../../scripts/smoke/contract-session';
import { runSession } from '../../scripts/smoke/session';
import type { Session } from '../../scripts/smoke/step';
import { send, sendJson } from '../support/http';
import { type LocalRun, ROOT, startLocalRun } from '../support/local-run';
import { desks, diaries } from '../support/caller-contracts';
import { books, pages, tasks, themes, vaults } from '../support/smoke-contracts';

const FOLDER = path.join(ROOT, 'dist/smoke-sessions-test');

const MAIN = `
import { desks, diaries } from '../../__tests__/support/caller-contracts';
import { books, pages, tasks, themes, vaults } from '../../__tests__/support/smoke-contracts';
import { runApis } from '../../stacks/run-apis';
runApis([books, desks, diaries, pages, tasks, themes, vaults]);
`;

const BOOKS = `
import { bookHandlers } from '../../../../__tests__/support/book-handlers';
import { books } from '../../../../__tests__/support/smoke-contracts';
import { create } from '../../../../function/crud/operations/create';
import { remove } from '../../../../function/crud/operations/delete';
import { crudService } from '../../../../function/crud/service';
import { restApiHandler } from '../../../../function/http/rest-api';

export const handler = restApiHandler(
  crudService(books, { create, delete: remove }, bookHandlers),
);
`;

let run: LocalRun;

beforeAll(async () => {
  mkdirSync(path.join(FOLDER, 'function/books'), { recursive: true });
  writeFileSync(path.join(FOLDER, 'main.ts'), MAIN);
  writeFileSync(path.join(FOLDER, 'function/books/index.ts'), BOOKS);
  writeFileSync(path.join(FOLDER, 'cdktf.json'), JSON.stringify({ language: 'typescript', app: 'node ../../app.cjs' }));
  writeFileSync(path.join(FOLDER, 'contract.ts'), "export { books } from '../../__tests__/support/smoke-contracts';");
  run = await startLocalRun({ args: [FOLDER] });
});

afterAll(async () => {
  await run.stop();
  rmSync(FOLDER, { recursive: true, force: true });
});

/** Runs a session. @returns its difference, and the printed lines */
async function runOf(api: Api, session: Session = contractSession(api)) {
  const lines: string[] = [];
  const outputs = run.outputs[api.name] ?? {};
  const difference = await runSession(api.name, outputs, session, { print: (line) => lines.push(line) });
  return { difference, lines };
}

const booksSession = contractSession(books, {
  count: [{ status: 200, answer: { count: 1 } }],
  status: [{ status: 204 }],
});

const urlOf = (api: Api) => run.outputs[api.name]?.['url'] as string;

test('the token has the scopes of auth.default', async () => {
  expect((await runOf(tasks)).difference).toBeUndefined();
});

test.each([
  ['tokens of Amazon Cognito', diaries],
  ['signatures', vaults],
])('the session sends %s', async (_, api) => {
  const { difference, lines } = await runOf(api);
  expect(difference).toBeUndefined();
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}ok {2}POST .* without credentials {2}40[13]$/));
});

test('the session sends SMOKE_TOKEN in the header of an authorizer', async () => {
  process.env['SMOKE_TOKEN'] = 'ada-session';
  try {
    expect((await runOf(desks)).difference).toBeUndefined();
  } finally {
    delete process.env['SMOKE_TOKEN'];
  }
});

test('a clean-up that finds no item does not fail, also when deletes require If-Match', async () => {
  const { difference, lines } = await runOf(pages);
  expect(difference).toBeUndefined();
  expect(lines.join('\n')).not.toContain('clean-up');
});

test('a key with a pattern is random, and differs from the example', async () => {
  expect((await sendJson(urlOf(pages), 'POST', '/pages', { slug: 'tea-or-coffee' })).status).toBe(201);
  expect((await runOf(pages)).difference).toBeUndefined();
});

test('an existing item stays unchanged when the contract allows too few keys, and the difference names its key', async () => {
  expect((await runOf(themes)).difference).toBeUndefined();
  await sendJson(urlOf(themes), 'PUT', '/themes/dark', { color: 'black' });
  const { difference } = await runOf(themes);
  expect(difference).toMatch(/^themes, PUT \/themes\/\{?dark\}? of a new item: expected status 201, got 412: .*\n/);
  expect(difference).toMatch(/\n {2}Every session creates the item with the key \{"mode":"dark"\}, .* delete it: /);
  expect((await send(urlOf(themes), 'GET', '/themes/dark')).json).toEqual({ mode: 'dark', color: 'black' });
});

test('the steps of handlers extend the session: they send credentials and name fields of the item', async () => {
  const { difference, lines } = await runOf(books, booksSession);
  expect(difference).toBeUndefined();
  expect(lines).toEqual([
    expect.stringMatching(/^\nbooks at /),
    '  ok  POST /books without credentials  403',
    '  ok  POST /books with an unknown field  400',
    '  ok  POST /books  201',
    '  ok  GET /titles/{title}  200',
    '  ok  GET /status  204',
    '  ok  DELETE /books/{id}  204',
  ]);
});

test('npm run iam accepts the grant of the table that query of a handler needs for its index', async () => {
  const sessions = { books: booksSession };
  const [report, ...others] = await measure({ app: FOLDER, stacks: ['books'], functionPerRoute: true, sessions });
  expect(others).toEqual([]);
  const queries = report?.functions.flatMap(({ rows }) => rows.filter(({ action }) => action === 'dynamodb:Query'));
  expect(queries?.map(({ resource, verdict }) => [resource.replace(/.*:/, ''), verdict])).toEqual([
    ['table/books', 'together'],
    ['table/books/index/byTitle', 'used'],
  ]);
  expect(report && differs(report)).toBe(false);
});

test('npm run iam names the known stacks after an unknown name', async () => {
  await expect(measure({ app: FOLDER, stacks: ['bokks'] })).rejects.toThrow(
    /^There is no stack bokks\. Name one of books, desks, diaries, pages, tasks, themes, vaults\.$/,
  );
});
