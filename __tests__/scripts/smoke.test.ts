/** `npm run smoke`, run as a command. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { manager } from '../../function/manager/contract';
import { sessionOf } from '../../scripts/smoke/find-session';
import { send as sendWithTimeout } from '../../scripts/smoke/http';
import { send } from '../support/http';
import { type ItemsRun, startItemsRun } from '../support/items-run';
import { JITI, ROOT } from '../support/local-run';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'smoke-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function smoke(outputs: unknown, ...args: string[]) {
  const file = path.join(folder, 'o.json');
  writeFileSync(file, JSON.stringify(outputs));
  return spawnSync(process.execPath, [JITI, 'scripts/smoke.ts', file, ...args], { cwd: ROOT, encoding: 'utf8' });
}

let run: ItemsRun | undefined;

// Stops the run after a failed assertion too: Jest does not end while the run exists.
afterEach(async () => {
  await run?.stop();
  run = undefined;
});

test('ends with status 0 when all APIs answer as documented, and deletes its items', async () => {
  run = await startItemsRun();
  const { status, stdout } = smoke(run.outputs, '--allow-missing');
  expect(status).toBe(0);
  const withSession: string[] = [];
  for (const stack of Object.keys(run.outputs)) if (await sessionOf(stack)) withSession.push(stack);
  expect(stdout).toMatch(new RegExp(`\\n${withSession.join(', ')}: as documented\\.\\n$`));
  expect((await send(run.url, 'GET', '/items')).json).toMatchObject({ Count: 0 });
});

test('ends with status 1 after a difference, and checks the other stacks', async () => {
  run = await startItemsRun();
  const outputs = {
    [manager.name]: { ...run.outputs[manager.name], api_key: 'wrong' },
    items: { ...run.outputs['items'] },
  };
  const { status, stdout, stderr } = smoke(outputs);
  expect(status).toBe(1);
  expect(stdout).toMatch(/\nitems: as documented\.\n$/);
  expect(stdout).toMatch(/DIFFERENT {2}POST \/dynamodbmanager ping {2}403\n/);
  expect(stderr).toMatch(
    /manager, POST \/dynamodbmanager ping: expected status 200, got 403: \{"message":"Forbidden"\}/,
  );
});

test.each([
  [{}, /o\.json: no stack in it has a session, so nothing was checked/],
  [
    { state: {}, other: {} },
    /^\nother has no session\. Write one in function\/other\/session\.ts\.\nOr pass --allow-missing/,
  ],
  [{ manager: { url: 'http://127.0.0.1:1', table_name: 'x' } }, /--outputs-file-include-sensitive-outputs/],
  [{ items: { url: 'nowhere' } }, /its output url must be a URL, but is nowhere/],
  [{ items: { url: 'http://127.0.0.1:1' } }, /there was no answer/],
])('refuses the outputs %j', (outputs, message) => {
  const { status, stdout, stderr } = smoke(outputs);
  expect(status).toBe(1);
  expect(stdout).not.toMatch(/DIFFERENT.*200/);
  expect(stderr).toMatch(message);
});

test('--allow-missing skips stacks without a session', async () => {
  run = await startItemsRun();
  const { status, stdout } = smoke({ items: run.outputs['items'], other: {} }, '--allow-missing');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^other has no session\. Write one in function\/other\/session\.ts\.\n/);
  expect(stdout).toMatch(/\nitems: as documented\.\n$/);
});

test('--skip-without-credentials skips stacks with a route that needs a token, also when no other stack is left', () => {
  const outputs = { notes: { url: 'http://127.0.0.1:1' } };
  const { status, stdout } = smoke(outputs, '--app', 'examples/notes', '--skip-without-credentials');
  expect(stdout).toMatch(/^notes: skipped, because the route \w+ \/notes.* needs credentials\.\n$/);
  expect(status).toBe(0);
  expect(smoke(outputs, '--app', 'examples/notes').status).toBe(1);
});

test('--skip-without-credentials checks stacks with an API key', () => {
  const { status, stderr } = smoke({ manager: { url: 'http://127.0.0.1:1' } }, '--skip-without-credentials');
  expect(stderr).toContain('the outputs api_key and table_name are missing');
  expect(status).toBe(1);
});

test('refuses a missing file', () => {
  const missing = path.join(folder, 'missing.json');
  const { status, stderr } = spawnSync(process.execPath, [JITI, 'scripts/smoke.ts', missing], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`There is no file ${missing}. Write it with --outputs-file`);
});

test.each([
  ['does not answer', () => undefined],
  ['does not end its answer', (response: ServerResponse) => void response.write('{')],
])('a request to an API that %s fails with the time limit in its message', async (_, answer) => {
  const silent = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const sent = sendWithTimeout(`http://127.0.0.1:${port}/`, {
    method: 'GET',
    headers: {},
    body: undefined,
    timeoutMs: 200,
  });
  await expect(sent).rejects.toThrow(/^timed out after 0\.2 seconds$/);
  silent.closeAllConnections();
  silent.close();
});
