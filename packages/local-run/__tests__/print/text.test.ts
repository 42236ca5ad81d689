/** The text for a person. It has no colours, because a test has no terminal. */
import type { RequestLog } from '../../src/services/api-gateway/server';
import type { DynamodbCall } from '../../src/model/dynamodb-call';
import { workerFile } from '../../src/package-root';
import { payloads } from '../../src/print/record';
import { hideApiKeys } from '../../src/print/secrets';
import { issuerText, pageText } from '../../src/print/deployments';
import { logText, notSimulatedCallText, refusedText } from '../../src/print/function-log';
import { appOutputText, reloadText } from '../../src/print/reload';
import { requestText } from '../../src/print/request-line';

const call = (operation: string, decision: DynamodbCall['decision']): DynamodbCall => ({
  accessKeyId: '',
  functionName: 'f',
  roleArn: 'arn:aws:iam::000000000000:role/r',
  operation,
  decision,
  parts: [],
  status: 200,
  milliseconds: 1,
});

const log = (more: Partial<RequestLog>): RequestLog => ({
  stack: 'items',
  api: 'api',
  requestId: 'r',
  heldMs: 0,
  method: 'GET',
  path: '/items/a',
  milliseconds: 12.3,
  response: { status: 200, headers: [], body: Buffer.alloc(0) },
  ...more,
});

const after = (text: string) => text.replace(/^\d\d:\d\d:\d\d /, '');

test('a request line counts equal calls in succession, and names denied calls', () => {
  const calls = [call('GetItem', 'allowed'), call('GetItem', 'allowed'), call('PutItem', 'denied')];
  expect(after(requestText(log({ calls, cold: true }), 8))).toBe(
    'items    GET    /items/a                           200    12 ms cold GetItem x2 allowed, PutItem denied',
  );
});

test('a request line fits a terminal of 100 columns, and says how long the request waited', () => {
  const text = requestText(log({ calls: [call('GetItem', 'allowed')], heldMs: 240.4 }), 8);
  expect(text).toMatch(/GetItem allowed, held 240 ms$/);
  expect(requestText(log({ calls: [call('GetItem', 'allowed')] }), 8).length).toBeLessThanOrEqual(100);
});

test('a request line has only the first line of a reason', () => {
  expect(requestText(log({ reason: '\nInvalid call\nin get.ts' }))).toMatch(/ms +Invalid call$/);
});

test.each([
  [3999, 3999, ''],
  [0, 3999, ''],
  [80, 80, ''],
  [4000, 3999, '  (port 4000 is not free)'],
])('the console line for the requested port %i and the used port %i ends in "%s"', (requested, port, note) => {
  const page = `http://127.0.0.1:${port}/`;
  expect(pageText(page, requested)).toBe(`console\n  ${page}${note}`);
});

test('a request line encodes control characters of the path', () => {
  expect(requestText(log({ path: '/\u001b[31m' }))).toContain('/%1B[31m');
});

test('a reload line counts the changes of a stack after the twelfth', () => {
  const changes = [...Array.from({ length: 15 }, (_, index) => `items: + GET /${index}`), 'notes: output url'];
  const [, ...lines] = reloadText({ outcome: 'reloaded', files: ['a.ts'], changes, milliseconds: 1 }).split('\n');
  expect(lines).toHaveLength(14);
  expect(lines.slice(11).map((line) => line.trim())).toEqual([
    'items: + GET /11',
    'items: and 3 more changes',
    'notes: output url',
  ]);
});

test('a reload line has the files, the time and the changes, or the whole error', () => {
  const reload = { files: ['a.ts', 'b.ts'], milliseconds: 212.4 } as const;
  const changes = ['items: code of f', 'items: + GET /x'];
  expect(after(reloadText({ ...reload, outcome: 'reloaded', changes }))).toBe(
    'reloaded  a.ts and 1 more, 212 ms\n         items: code of f\n         items: + GET /x',
  );
  const unchanged = { ...reload, outcome: 'unchanged', changes: [] } as const;
  expect(after(reloadText(unchanged))).toBe('unchanged a.ts and 1 more, 212 ms: the deployment stays the same');
  expect(after(reloadText(unchanged, true))).toContain('212 ms: fixed; the deployment stays the same');
  expect(after(reloadText({ ...reload, outcome: 'failed', changes: [], error: 'one\ntwo' }))).toBe(
    'failed    a.ts and 1 more, 212 ms: the previous version keeps serving\n         one\n         two',
  );
});

test('the text of the app is printed once, and one line says that a later synth printed the same text', () => {
  const text = '(node:12) Warning: old\nmain.ts: WARNING';
  expect(appOutputText(text, '')).toBe(text);
  expect(appOutputText(text.replace('12', '34'), text)).toBe(
    '         The app printed the same text as in the previous synth.',
  );
  expect(appOutputText(text, text, 'terraform')).toBe(
    '         Terraform printed the same text as in the previous run.',
  );
  expect(appOutputText('other', text)).toBe('other');
});

test('payloads hide API keys in all texts, and Authorization headers', () => {
  const event = { headers: { 'x-api-key': 'secret', AUTHORIZATION: 'x' }, list: ['a secret b'], n: 1, none: null };
  const invocation = { functionName: 'f', requestId: 'i', event, result: '{"body":"secret"}' };
  expect(payloads(invocation, { apiKeys: ['', 'secret'], names: new Set() })).toEqual({
    event: { headers: { 'x-api-key': '***', AUTHORIZATION: '***' }, list: ['a *** b'], n: 1, none: null },
    result: { body: '***' },
  });
});

test('a denied call names the role, the action and the table, and says what to grant', () => {
  const resource = 'arn:aws:dynamodb:us-east-1:000000000000:table/items';
  const part = { action: 'dynamodb:PutItem', resource, decision: 'denied' } as const;
  expect(refusedText({ ...call('PutItem', 'denied'), parts: [part], reason: 'no statement allows it' })).toBe(
    `denied   f: its role r may not dynamodb:PutItem on ${resource}: no statement allows it.\n` +
      "         Grant the action in the role's policy, or remove the call.",
  );
  expect(
    refusedText({
      ...call('PutItem', 'denied'),
      parts: [part],
      reason: 'statement 2 of aws_iam_role_policy.p denies it',
    }),
  ).toContain('Change the policy or the request, or remove the call.');
});

test('a refused call says why', () => {
  const refused = { ...call('PutItem', 'refused'), functionName: '', reason: 'the signature is invalid' };
  expect(refusedText(refused)).toBe(
    'refused  a caller without credentials of this run: dynamodb:PutItem: the signature is invalid.',
  );
});

test('paths, reasons and log lines hide API keys', () => {
  const shown = requestText(log({ path: '/items?key=secret', reason: 'contains a secret' }), 0, {
    apiKeys: ['secret'],
    names: new Set(),
  });
  expect(after(shown)).toMatch(/^GET {4}\/items\?key=\*\*\* .* contains a \*\*\*$/);
  expect(hideApiKeys('a secret b', ['', 'secret'])).toBe('a *** b');
});

describe('a line that a function logged', () => {
  const base = { timestamp: '2026-11-22T10:00:00.000Z', level: 'INFO', requestId: 'i' };
  const shown = (line: object | string, verbose = false) =>
    logText('fn', typeof line === 'string' ? line : JSON.stringify(line), verbose);

  test.each([
    ['a text', { ...base, message: 'a' }, 'a'],
    ['nothing', base, ''],
    ['an object', { ...base, message: { a: [1, null] } }, '{ a: [ 1, null ] }'],
    ['null', { ...base, message: null }, 'null'],
    ['lines', { ...base, level: 'WARN', message: 'a\nb' }, 'WARN a\n         b'],
    [
      'an error',
      {
        ...base,
        level: 'ERROR',
        message: {
          errorType: 'E',
          errorMessage: 'm',
          stackTrace: [
            'E: m',
            '    at x',
            `    at f (${workerFile('lambda-runtime')}:1:2)`,
            '    at g (node:internal/x:1:2)',
          ],
          code: 1,
        },
      },
      'ERROR E: m\n             at x\n         { code: 1 }',
    ],
    [
      'an error without its message in the stack',
      { ...base, level: 'ERROR', message: { errorType: 'E', errorMessage: 'm', stackTrace: ['    at x'] } },
      'ERROR E: m\n             at x',
    ],
  ])('shows the arguments of a console call: %s', (_, line, expected) => {
    expect(shown(line)).toBe(`         fn ${expected}`);
  });

  test("shows a logger's lines unchanged: warnings and errors, and with --verbose all lines", () => {
    const line = { ...base, message: 'a', service: 's' };
    expect(shown(line)).toBeUndefined();
    expect(shown({ ...line, level: 'WARN' })).toBe(`         fn ${JSON.stringify({ ...line, level: 'WARN' })}`);
    expect(shown(line, true)).toBe(`         fn ${JSON.stringify(line)}`);
    expect(shown('no JSON')).toBe('         fn no JSON');
    expect(shown('1')).toBe('         fn 1');
  });
});

test('the text names the issuer and the stacks whose routes need tokens', () => {
  const jwt = { kind: 'jwt', issuer: 'https://id.example.com/', audience: ['notes'], scopes: [] } as const;
  const route = { routeKey: 'GET /', functionArn: '', timeoutMs: 1, permitted: true };
  const identity = { address: '', id: '', name: '' };
  const api = { kind: 'http-api', ...identity, stage: '$default', throttle: { rate: 1, burst: 1 } } as const;
  const empty = { tables: [], functions: [], roles: [], inert: [], notSimulated: [], outputs: {} };
  const open = { ...empty, stack: 'items', apis: [{ ...api, routes: [route] }] };
  const notes = { ...empty, stack: 'notes', apis: [{ ...api, routes: [{ ...route, authorization: jwt }] }] };
  const page = 'http://127.0.0.1:3999/';
  expect(issuerText(page, [open, notes])).toBe('issuer of tokens\n  http://127.0.0.1:3999  (for notes)');
  expect(issuerText(page, [open])).toBeUndefined();
});

test('a call to a service that the run does not simulate names the option for an emulator', () => {
  expect(notSimulatedCallText({ functionName: 'f', roleArn: '', service: 'sns', action: 'Publish' })).toBe(
    'failed   f: called sns:Publish, which the local run does not simulate.\n' +
      '         Start it with --aws-endpoint URL to send such calls to an emulator.',
  );
});
