/** npm run rollback as a command, with a local state and an HTTP server that answers as Lambda does. */
import { rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { copyProject, type ProjectCopy } from '../support/project-copy';
import { runScript } from '../support/run-script';

const NAMES = ['orders-get', 'orders-put'];
/** A stack whose functions CodeDeploy moves. The gate is an authorizer. */
const ROOMS = ['rooms-api', 'rooms-gate'];

let copy: ProjectCopy;
let server: http.Server;
let live: Record<string, string>;
/** The version that gets a part of the requests, by function. */
let part: Record<string, string>;
let refused: string[];
/** The functions that CodeDeploy moves. */
let shifting: string[];
/** The exceptions that StopDeployment answers, by function. */
let stopErrors: Record<string, string>;

const alias = (name: string, functionName: string) => ({
  mode: 'managed',
  type: 'aws_lambda_alias',
  name,
  instances: [{ attributes: { name: 'live', function_name: functionName } }],
});
const version = (Version: string, day: string) => ({
  Version,
  LastModified: `2026-11-${day}T10:00:00.000+0000`,
  CodeSha256: 'abc=',
});

function writeState(
  stack: string,
  names: readonly string[],
  canaries: readonly string[],
  more: readonly object[] = [],
) {
  const groups = canaries.map((deployment_group_name) => ({ app_name: stack, deployment_group_name }));
  const resources = [
    ...names.map((name) => alias(name.split('-')[1] ?? '', name)),
    ...groups.map((attributes) => ({ type: 'aws_codedeploy_deployment_group', instances: [{ attributes }] })),
    ...more,
  ];
  writeFileSync(path.join(copy.root, `terraform.${stack}.tfstate`), JSON.stringify({ resources }));
}

beforeAll(async () => {
  copy = copyProject('rollback-');
  writeState('orders', NAMES, ['orders-put']);
  const uri = 'arn:aws:lambda:us-east-1:111122223333:function:rooms-gate:live/invocations';
  const gate = { type: 'aws_apigatewayv2_authorizer', instances: [{ attributes: { authorizer_uri: uri } }] };
  writeState('rooms', ROOMS, ROOMS, [gate]);
  // The code must not matter: a rollback works when nothing builds, and when settings of the profile are missing.
  copy.overwrite('main.ts', 'syntax error');
  copy.overwrite('cdktf.json', '{ "app": "exit 1", "context": { "profile": "production" } }');
  server = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(copy.root, { recursive: true });
});

beforeEach(() => {
  live = { 'orders-get': '3', 'orders-put': '3' };
  part = {};
  refused = [];
  shifting = [];
  stopErrors = {};
});

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  if (request.headers['x-amz-target'] !== undefined) {
    const operation = String(request.headers['x-amz-target']).replace('CodeDeploy_20141006.', '');
    const [status, result] = answerOfCodeDeploy(operation, JSON.parse(body) as Record<string, string>);
    response.writeHead(status).end(JSON.stringify(result));
    return;
  }
  const [, name = '', rest = ''] = /\/functions\/([\w-]+)\/(\w+)/.exec(request.url ?? '') ?? [];
  if (rest === 'versions') {
    const versions = [version('$LATEST', '29'), version('1', '27'), version('2', '28'), version('3', '29')];
    response.end(JSON.stringify({ Versions: versions }));
  } else if (request.method === 'PUT' && refused.includes(name)) {
    response.writeHead(412, { 'x-amzn-errortype': 'PreconditionFailedException' }).end('{"Message":"other"}');
  } else {
    if (request.method === 'PUT') {
      live[name] = (JSON.parse(body) as { FunctionVersion: string }).FunctionVersion;
      part = Object.fromEntries(Object.entries(part).filter(([other]) => other !== name));
    }
    const weighted = part[name];
    const RoutingConfig = { AdditionalVersionWeights: weighted === undefined ? {} : { [weighted]: 0.1 } };
    response.end(JSON.stringify({ Name: 'live', FunctionVersion: live[name], RoutingConfig, RevisionId: 'r1' }));
  }
}

/** The id of a deployment is the name of its function. */
function answerOfCodeDeploy(operation: string, body: Record<string, string>): [status: number, result: object] {
  const { deploymentGroupName: group = '', deploymentId: id = '' } = body;
  if (operation === 'ListDeployments') return [200, { deployments: shifting.filter((name) => name === group) }];
  if (operation === 'GetDeployment')
    return [200, { deploymentInfo: { status: shifting.includes(id) ? 'InProgress' : 'Stopped' } }];
  const exception = stopErrors[id];
  if (exception !== undefined) return [400, { __type: exception, message: 'refused' }];
  shifting = shifting.filter((name) => name !== id);
  return [200, { status: 'Pending' }];
}

const rollback = (...args: string[]) =>
  runScript(copy.root, ['rollback', ...args], {
    ...{ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', STATE_BUCKET: '', CI: '' },
  });

test('goes back with an app that does not build, in a profile whose settings are missing', async () => {
  const { status, stdout } = await rollback('orders');
  expect({ status, live }).toEqual({ status: 0, live: { 'orders-get': '2', 'orders-put': '2' } });
  expect(stdout).toContain('orders-get: version 2 is live now; it was version 3.\norders-put: version 2 is live now');
  expect(stdout).toContain('The next plan names the older version of aws_lambda_alias.get, aws_lambda_alias.put:');
});

test('does not go back further at the second rollback, and says how to', async () => {
  expect((await rollback('orders')).status).toBe(0);
  const { status, stderr } = await rollback('orders');
  expect({ status, live }).toEqual({ status: 1, live: { 'orders-get': '2', 'orders-put': '2' } });
  expect(stderr).toContain('orders-get: stays at version 2');
  expect(stderr).toContain('  npm run rollback -- orders --function orders-get --to VERSION\n');
});

describe('during CodeDeploy deployments', () => {
  test.each([[['orders']], [['--to=2', 'orders']]])(
    'stops one whose first requests have not moved: %j',
    async (args) => {
      [live['orders-put'], shifting] = ['2', ['orders-put']];
      const { status, stdout } = await rollback('--function=orders-put', ...args);
      expect({ status, shifting, live: live['orders-put'] }).toEqual({ status: 0, shifting: [], live: '2' });
      expect(stdout).toContain(
        'orders-put: stopped the CodeDeploy deployment orders-put\norders-put: stays at version 2',
      );
      const again = await rollback('--function=orders-put', ...args);
      expect([again.status, again.stderr.includes('Nothing was moved.')]).toEqual([1, true]);
    },
  );

  test('does not divide the requests of an authorizer for ever, and says that it goes on', async () => {
    live = { 'rooms-api': '2', 'rooms-gate': '2' };
    part = { 'rooms-api': '3', 'rooms-gate': '3' };
    shifting = [...ROOMS];
    const { status, stdout } = await rollback('rooms');
    expect({ status, part, shifting }).toEqual({ status: 0, part: { 'rooms-gate': '3' }, shifting: ['rooms-gate'] });
    expect(stdout).toContain(
      'rooms-gate: stays at version 2, published 2026-11-28T10:00:00, and version 3 gets a part of the requests: it is an authorizer. ' +
        'Move it with --function. CodeDeploy may still move it to version 3: --function stops that.',
    );
    expect((await rollback('--function=rooms-gate', 'rooms')).status).toBe(0);
    expect({ live, part, shifting }).toEqual({ live: { 'rooms-api': '2', 'rooms-gate': '2' }, part: {}, shifting: [] });
  });

  test('goes back after one that ended before it could be stopped', async () => {
    [shifting, stopErrors] = [['orders-put'], { 'orders-put': 'DeploymentAlreadyCompletedException' }];
    const { status, stdout } = await rollback('orders');
    expect({ status, live }).toEqual({ status: 0, live: { 'orders-get': '2', 'orders-put': '2' } });
    expect(stdout).toContain('orders-put: the CodeDeploy deployment orders-put has just ended');
  });

  test('moves the other functions when one cannot be stopped, and the rest when the command is repeated', async () => {
    live = { 'rooms-api': '2', 'rooms-gate': '2' };
    part = { 'rooms-api': '3', 'rooms-gate': '3' };
    [shifting, stopErrors] = [[...ROOMS], { 'rooms-api': 'AccessDeniedException' }];
    const args = [...ROOMS.map((name) => `--function=${name}`), 'rooms'];
    const { status, stderr } = await rollback(...args);
    expect({ status, part, shifting }).toEqual({ status: 1, part: { 'rooms-api': '3' }, shifting: ['rooms-api'] });
    expect(stderr).toContain(
      'rooms-api was not moved: its CodeDeploy deployment did not stop: AccessDeniedException: refused.\nRepeat the command.',
    );
    stopErrors = {};
    expect((await rollback(...args)).status).toBe(0);
    expect({ part, shifting }).toEqual({ part: {}, shifting: [] });
  });
});

test('after a failure, the printed command moves only the rest', async () => {
  refused = ['orders-get'];
  const failed = await rollback('orders');
  expect({ status: failed.status, live }).toEqual({ status: 1, live: { 'orders-get': '3', 'orders-put': '2' } });
  const [, args = ''] = /^ {2}npm run rollback -- (.*)$/m.exec(failed.stderr) ?? [];
  refused = [];
  expect((await rollback(...args.split(' '))).status).toBe(0);
  expect(live).toEqual({ 'orders-get': '2', 'orders-put': '2' });
});

test('moves only the named functions', async () => {
  expect((await rollback('--function', 'orders-put', '--to', '1', 'orders')).status).toBe(0);
  expect(live).toEqual({ 'orders-get': '3', 'orders-put': '1' });
  expect((await rollback('--function=orders-put', '--', 'orders')).status).toBe(1);
  expect((await rollback('--function=orders-get', '--', 'orders')).status).toBe(0);
  expect(live).toEqual({ 'orders-get': '2', 'orders-put': '1' });
});

test.each<[string, readonly string[], string]>([
  [
    'an unknown function',
    ['--function', 'x', 'orders'],
    'The stack orders has no function x. Name one of orders-get, orders-put.',
  ],
  ['--list with --to', ['--list', '--to', '1', 'orders'], '--list and --to exclude each other. Pass one of them.'],
  ['no stack', [], 'Name one stack: npm run rollback -- STACK.'],
  ['two stacks', ['orders', 'items'], 'Name one stack: npm run rollback -- STACK.'],
  ['a version without a function', ['--to', '1', 'orders'], 'Name one with --function.'],
])('refuses %s, and moves nothing', async (_, args, message) => {
  const { status, stderr } = await rollback(...args);
  expect({ status, live }).toEqual({ status: 1, live: { 'orders-get': '3', 'orders-put': '3' } });
  expect(stderr).toContain(message);
});

test('--list shows the versions, and moves nothing', async () => {
  const { status, stdout } = await rollback('--list', 'orders');
  expect({ status, live }).toEqual({ status: 0, live: { 'orders-get': '3', 'orders-put': '3' } });
  expect(stdout.match(/^ {6}3 {2}live {2}2026-11-29T10:00:00/gm)).toHaveLength(2);
});

test('waits for a running deployment, unless --ignore-lock is given', async () => {
  const lock = path.join(copy.root, '.terraform.orders.tfstate.lock.info');
  writeFileSync(lock, '{"Operation":"OperationTypeApply"}');
  try {
    const { status, stderr } = await rollback('orders');
    expect({ status, live: live['orders-get'] }).toEqual({ status: 1, live: '3' });
    expect(stderr).toContain('A command holds the lock of the stack orders: OperationTypeApply');
    expect((await rollback('--ignore-lock', 'orders')).status).toBe(0);
  } finally {
    rmSync(lock);
  }
  expect(live['orders-get']).toBe('2');
});
