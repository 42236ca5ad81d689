/** Operates a deployment as docs/operate.md says: replaces an API key without a 403, and restores a table. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { manager } from '../../function/manager/contract';
import { send } from '../../scripts/smoke/http';
import { terraformProgram } from '../../scripts/terraform/program';
import { Deployment } from './support/deployment';
import { emulatorUrl } from './support/emulator-gaps';
import { plannedChanges } from './support/plans';
import { progress } from './support/progress';
import { restoreTable, tableNames } from './support/restored-tables';
import { type Environment, ROOT, run } from './support/run';
import { step } from './support/steps';
import { startTarget, type Target, targetKind, WORK } from './support/target';

const STACKS = ['items', manager.name];
const OUTPUTS = path.join(WORK, 'operate.json');
const SKIP_REASON = targetKind() === 'aws' ? 'a restore on AWS takes up to hours' : undefined;

let target: Target;
let deployment: Deployment;

beforeAll(async () => {
  if (SKIP_REASON !== undefined) return;
  rmSync(WORK, { recursive: true, force: true });
  target = await startTarget(WORK);
  mkdirSync(WORK, { recursive: true });
  deployment = new Deployment(STACKS, target);
});

afterAll(async () => {
  if (SKIP_REASON === undefined) await target.stop();
});

/** The states are local files. */
const LOCAL = { STATE_BUCKET: '', CI: '' };

const npm = (script: string, args: readonly string[], settings: Environment = {}) =>
  deployment.npm(script, args, { ...settings, ...LOCAL });

/** The outputs of all deployments, by stack. */
let outputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

async function deploy(stacks: readonly string[], settings: Environment = {}): Promise<void> {
  await npm('deploy', ['--yes', '--outputs-file', OUTPUTS, ...stacks], settings);
  outputs = { ...outputs, ...(JSON.parse(readFileSync(OUTPUTS, 'utf8')) as typeof outputs) };
}

const outputOf = (stack: string, name: string): string => outputs[stack]?.[name] ?? '';

async function request(
  stack: string,
  method: string,
  route: string,
  { headers = {}, body }: { headers?: Environment; body?: object } = {},
) {
  const url = emulatorUrl(outputOf(stack, 'url'), target.endpoint ?? '').replace(/\/$/, '');
  const json = { 'content-type': 'application/json', ...headers };
  return send(url + route, { method, headers: json, body: body && JSON.stringify(body), timeoutMs: 35_000 });
}

/** Sends a ping with an API key. @returns the status */
async function ping(key: string): Promise<number> {
  const headers = { 'x-api-key': key };
  return (await request(manager.name, 'POST', '/dynamodbmanager', { headers, body: { operation: 'ping' } })).status;
}

/** Sends pings with a key while a command runs. @returns the different statuses */
async function statusesDuring(key: string, command: () => Promise<unknown>): Promise<number[]> {
  const statuses: number[] = [];
  const commandRun = { isActive: true };
  const loop = async () => {
    while (commandRun.isActive) {
      statuses.push(await ping(key));
      await pause(50);
    }
  };
  await Promise.all([loop(), command().finally(() => (commandRun.isActive = false))]);
  progress(`  ${statuses.length} requests with the key during the deployment`);
  return [...new Set(statuses)];
}

step(
  'npm run deploy creates both stacks',
  async () => {
    await deploy(STACKS);
    expect(await ping('wrong')).toBe(403);
  },
  SKIP_REASON,
);

step(
  'a rotation of the API key gives no caller a 403',
  async () => {
    const settings = (...keys: string[]) => ({ API_KEYS: JSON.stringify({ [manager.name]: keys }) });
    const old = outputOf(manager.name, 'api_key');
    expect(await ping(old)).toBe(200);
    const first = await npm('rotate-key', [manager.name]);
    expect(first).toContain(`"apiKeys": { "${manager.name}": ["a", "b"] }`);

    expect(await statusesDuring(old, () => deploy([manager.name], settings('a', 'b')))).toEqual([200]);
    const current = outputOf(manager.name, 'api_key');
    expect(current).not.toBe(old);
    expect([await ping(old), await ping(current)]).toEqual([200, 200]);
    const second = await npm('rotate-key', [manager.name], settings('a', 'b'));
    expect(second).toContain(`"apiKeys": { "${manager.name}": ["b"] }`);
    for (const printed of [first, second]) for (const key of [old, current]) expect(printed).not.toContain(key);
    expect(await npm('rotate-key', [manager.name, '--show'], settings('a', 'b'))).toBe(`${current}\n`);

    expect(await statusesDuring(current, () => deploy([manager.name], settings('b')))).toEqual([200]);
    expect([await ping(old), await ping(current)]).toEqual([403, 200]);
    expect(await npm('rotate-key', [manager.name], settings('b'))).toContain(
      `"apiKeys": { "${manager.name}": ["b", "a"] }`,
    );
  },
  SKIP_REASON,
);

step(
  'a restored table replaces the table of a stack without a replacement in the plan, and has the old items',
  async () => {
    const item = { id: 'before', price: 1, name: 'Tea' };
    expect((await request('items', 'PUT', '/items', { body: item })).status).toBe(200);
    const table = outputOf('items', 'table_name');
    const restored = `${table}-restored`;
    await restoreTable(table, restored);
    await request('items', 'DELETE', '/items/before');
    expect(JSON.parse((await request('items', 'GET', '/items')).text)).toMatchObject({ Count: 0 });

    const settings = { TABLE_NAMES: JSON.stringify({ items: restored }) };
    await npm('plan', ['items'], settings);
    const [replaced] = plannedChanges('items').filter(([, actions]) => actions.includes('delete'));
    const address = replaced?.[0] ?? '';
    expect(address).toMatch(/^aws_dynamodb_table\./);
    const folder = `-chdir=${path.join(ROOT, 'cdktf.out/stacks/items')}`;
    await run(terraformProgram(), [folder, 'state', 'rm', address]);
    await run(terraformProgram(), [folder, 'import', address, restored]);
    await npm('plan', ['items'], settings);
    expect(plannedChanges('items').filter(([, actions]) => actions.join() !== 'update')).toEqual([]);
    await deploy(['items'], settings);
    expect(JSON.parse((await request('items', 'GET', '/items/before')).text)).toEqual({ Item: item });
    // The old table stays until somebody deletes it.
    expect(await tableNames()).toEqual(expect.arrayContaining([table, restored]));
    await npm('plan', ['items', '--exit-code'], settings);
  },
  SKIP_REASON,
);
