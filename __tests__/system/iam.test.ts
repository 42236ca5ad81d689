/** The DynamoDB calls of each function are exactly the actions that its role grants. The calls are measured over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { needsOf } from '../../function/contract/needs';
import { items } from '../../function/items/contract';
import { operationNames, tableOperations } from '../../function/manager/contract';
import { products } from '../../function/products/contract';
import { type DynamodbCall, type RequestLog, start, synth } from 'local-run';
import { differs, measure, type StackReport } from '../../scripts/iam/measure';
import { sessionOf } from '../../scripts/smoke/find-session';
import { send, sendJson } from '../support/http';
import { ROOT } from '../support/local-run';
import { nameOf } from '../support/names';
import { withPolicy } from '../support/policies';

const crudActions = (api: typeof items | typeof products) =>
  Object.keys(api.routes).flatMap((routeKey): readonly string[] => needsOf(api, routeKey).tableActions);

/** The actions that the contracts declare. */
const actions: Readonly<Record<string, readonly string[]>> = {
  items: crudActions(items),
  manager: Object.values(tableOperations).map(({ action }) => action),
  products: crudActions(products),
};

let folder: string;
let synthesized: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'iam-'));
  synthesized = await synth({ folder: ROOT, workFolder: folder });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Copies the synthesized stacks, and changes the granted actions of one stack. @returns the folder of the copy */
function copyWithActions(stack: string, change: (actions: string[]) => string[]): string {
  const copy = mkdtempSync(path.join(folder, 'copy-'));
  return withPolicy(synthesized, copy, stack, (statement) => (statement.actions = change(statement.actions)));
}

/** Runs the session of one stack only, in a copy of the synthesized stacks. */
async function measureStack(stack: string, copy: string): Promise<StackReport> {
  const session = (await sessionOf(stack)) ?? (() => []);
  const reports = await measure({ synthesized: copy, sessions: { [stack]: session } });
  return reportFor(stack, reports);
}

function reportFor(stack: string, reports: readonly StackReport[]): StackReport {
  const report = reports.find((candidate) => candidate.stack === stack);
  if (!report) throw new Error(`There is no report of the stack ${stack}.`);
  return report;
}

const actionsOf = ({ functions }: StackReport, verdict: string) =>
  functions.flatMap(({ rows }) => rows.filter((row) => row.verdict === verdict).map(({ action }) => action)).sort();

const declared = (stack: string) => [...new Set(actions[stack])].sort();

const stacks = Object.keys(actions);

test('the session of manager calls every operation', async () => {
  const outputs = { api_key: 'key', table_name: 'table', url: 'http://127.0.0.1' };
  const steps = (await sessionOf('manager'))?.(outputs) ?? [];
  const called = steps.map(({ body }) => (body as { operation: string }).operation);
  expect(new Set(called)).toEqual(new Set(operationNames));
});

test('with one function for each stack, grants and calls are the same', async () => {
  const reports = await measure();
  for (const stack of stacks) {
    const report = reportFor(stack, reports);
    expect(report.difference).toBeUndefined();
    expect(report.functions.flatMap(({ notExercised }) => notExercised)).toEqual([]);
    expect(report.functions.flatMap(({ rows }) => rows.map(({ verdict }) => verdict))).not.toContain('unknown');
    expect(actionsOf(report, 'used')).toEqual(declared(report.stack));
    expect(differs(report)).toBe(false);
  }
});

test('with one function for each route, each role grants only the calls of its route', async () => {
  const report = (await measure({ functionPerRoute: true })).find(({ stack }) => stack === 'items');
  const found = report?.functions.map(({ rows }) =>
    rows.map(({ action, routes, verdict }) => [action, routes, verdict]),
  );
  const expected = Object.keys(items.routes).map((routeKey) =>
    needsOf(items, routeKey).tableActions.map((action) => [action, [routeKey], 'used']),
  );
  expect(found?.toSorted()).toEqual(expected.toSorted());
  expect(report && differs(report)).toBe(false);
});

const removals = stacks.flatMap((stack) => declared(stack).map((action) => [stack, action] as const));

test.each(removals)(
  'in %s without a grant of %s, only the operations that need the action fail, with 500',
  async (stack, action) => {
    const report = await measureStack(
      stack,
      copyWithActions(stack, (actions) => actions.filter((granted) => granted !== action)),
    );
    expect(actionsOf(report, 'missing')).toEqual([action]);
    expect(actionsOf(report, 'used')).toEqual(declared(stack).filter((granted) => granted !== action));
    expect(report.difference).toMatch(/expected status 200, got 500: \{"type":"about:blank"/);
    expect(differs(report)).toBe(true);
  },
);

test.each(stacks)('reports a granted action of %s that nothing calls as unused', async (stack) => {
  const report = await measureStack(
    stack,
    copyWithActions(stack, (actions) => [...actions, 'dynamodb:Query']),
  );
  expect(actionsOf(report, 'unused')).toEqual(['dynamodb:Query']);
  expect(actionsOf(report, 'used')).toEqual(declared(stack));
  expect(report.difference).toBeUndefined();
  expect(differs(report)).toBe(true);
});

test('reports a wildcard as too wide, with the actions that were called', async () => {
  const report = await measureStack(
    'items',
    copyWithActions('items', () => ['dynamodb:*']),
  );
  expect(report.functions[0]?.rows).toEqual([
    expect.objectContaining({ action: 'dynamodb:*', verdict: 'wide', calls: declared('items').toSorted(bySession) }),
  ]);
  expect(differs(report)).toBe(true);
});

/** Compares actions by their order in the session: put, get, list, delete. */
function bySession(left: string, right: string): number {
  const order = ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:DeleteItem'];
  return order.indexOf(left) - order.indexOf(right);
}

test('a stack without a session gets the verdict unknown, which is not a difference', async () => {
  const report = reportFor('items', await measure({ synthesized, sessions: {} }));
  expect(report.hasSession).toBe(false);
  expect(actionsOf(report, 'unknown')).toEqual(declared('items'));
  expect(differs(report)).toBe(false);
});

test('a denied call answers 500 without details; `onCall` gets the denied action and table', async () => {
  const calls: DynamodbCall[] = [];
  const requests: (readonly DynamodbCall[] | undefined)[] = [];
  const running = await start({
    port: 0,
    synthesized: copyWithActions('items', (actions) => actions.filter((action) => action !== 'dynamodb:PutItem')),
    onCall: (call) => calls.push(call),
    onRequest: (log) => requests.push(log.calls),
  });
  try {
    const url = running.deployments.find(({ stack }) => stack === 'items')?.outputs['url'] as string;
    const answer = await sendJson(url, 'PUT', '/items', { id: 'a', price: 1, name: 'b' });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(/arn:|not authorized|http-crud-tutorial/);
    expect(calls).toEqual([
      expect.objectContaining({
        functionName: nameOf('http-crud-tutorial', 'function'),
        roleArn: `arn:aws:iam::000000000000:role/${nameOf('http-crud-tutorial', 'role')}`,
        operation: 'PutItem',
        decision: 'denied',
        parts: [
          {
            action: 'dynamodb:PutItem',
            // The region depends on AWS_REGION and cdktf.json.
            resource: expect.stringMatching(
              new RegExp(`^arn:aws:dynamodb:[a-z0-9-]+:000000000000:table/${nameOf('http-crud-tutorial', 'items')}$`),
            ),
            decision: 'denied',
          },
        ],
        reason: 'no statement allows it',
        status: 400,
      }),
    ]);
    expect(requests).toEqual([calls]);
  } finally {
    await running.stop();
  }
});

test('each of many concurrent requests reports only its own calls', async () => {
  const requests: RequestLog[] = [];
  const running = await start({ port: 0, synthesized, onRequest: (log) => requests.push(log) });
  try {
    const url = running.deployments.find(({ stack }) => stack === 'items')?.outputs['url'] as string;
    const rounds = Array.from({ length: 60 }, (_, index) =>
      index % 2 === 0
        ? sendJson(url, 'PUT', '/items', { id: `a${index}`, price: 1, name: 'b' })
        : send(url, 'GET', `/items/a${index}`),
    );
    await Promise.all(rounds);
    expect(requests).toHaveLength(60);
    for (const { method, calls } of requests) {
      expect(calls?.map(({ operation }) => operation)).toEqual([method === 'PUT' ? 'PutItem' : 'GetItem']);
    }
  } finally {
    await running.stop();
  }
});
