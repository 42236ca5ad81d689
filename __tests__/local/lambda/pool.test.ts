/** Each way that an invocation ends, with real, tiny handler files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { FunctionDeployment } from '../../../local/deployment';
import { InvocationError } from '../../../local/lambda/errors';
import { Pool } from '../../../local/lambda/pool';

let folder: string;
let pool: Pool | undefined;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pool-'));
  lines = [];
});

afterEach(async () => {
  await pool?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function poolOf(source: string, options: Partial<FunctionDeployment> & { file?: string } = {}): Pool {
  writeFileSync(path.join(folder, options.file ?? 'index.js'), source);
  const deployment: FunctionDeployment = {
    name: 'fn',
    arn: 'arn:aws:lambda:eu-west-1:000000000000:function:fn',
    roleArn: 'arn:aws:iam::000000000000:role/fn-role',
    region: 'eu-west-1',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    archive: '',
    archiveHash: undefined,
    memoryMb: 128,
    timeoutMs: 3000,
    environment: { GREETING: 'hello' },
    logGroup: '/aws/lambda/fn',
    logFormat: 'JSON',
    logLevel: 'INFO',
    ...options,
  };
  pool = new Pool(deployment, {
    taskRoot: folder,
    dynamodbEndpoint: 'http://127.0.0.1:1',
    onLog: (line) => lines.push(line),
  });
  return pool;
}

async function failure(promise: Promise<unknown>): Promise<InvocationError> {
  const error: unknown = await promise.then(
    () => new Error('It succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InvocationError);
  return error as InvocationError;
}

const json = async (invocation: Promise<{ json: string }>) => JSON.parse((await invocation).json) as unknown;

describe('results', () => {
  test.each([
    ['a promise', 'exports.handler = async (event) => event', { a: 1 }],
    ['a value', 'exports.handler = (event) => event', { a: 1 }],
    [
      'a callback',
      'exports.handler = (event, context, callback) => { setTimeout(() => callback(null, event), 5) }',
      { a: 1 },
    ],
    ['nothing', 'exports.handler = async () => {}', null],
  ])('by %s', async (_, source, expected) => {
    expect(await json(poolOf(source).invoke({ a: 1 }))).toEqual(expected);
  });

  test.each(['index.mjs', 'index.cjs'])('from %s', async (file) => {
    const source = file === 'index.mjs' ? 'export const handler = async () => 1' : 'exports.handler = async () => 1';
    expect(await json(poolOf(source, { file }).invoke({}))).toBe(1);
  });

  test("the environment is Lambda's and the stack's, and none of this machine's", async () => {
    const env = (await json(poolOf('exports.handler = async () => process.env').invoke({}))) as Record<string, string>;
    expect(env).toMatchObject({
      GREETING: 'hello',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fn',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      _HANDLER: 'index.handler',
      LAMBDA_TASK_ROOT: folder,
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[A-Z0-9]{16}$/),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      AWS_SESSION_TOKEN: expect.any(String),
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
    expect(env).not.toHaveProperty('HOME');
  });

  test("the context is Lambda's", async () => {
    const source =
      'exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })';
    expect(await json(poolOf(source).invoke({}))).toMatchObject({
      functionName: 'fn',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:fn',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('lines that are written reach the log', async () => {
    await poolOf("exports.handler = async () => { console.log('to stdout'); console.error('to stderr') }").invoke({});
    while (lines.length < 2) await new Promise(setImmediate);
    expect(lines.sort()).toEqual(['to stderr', 'to stdout']);
  });
});

describe('instances', () => {
  const counting =
    'let count = 0; exports.handler = async (wait) => { await new Promise((done) => setTimeout(done, wait)); return ++count }';

  test('one after another is served by the same, all at once by one each', async () => {
    const counter = poolOf(counting);
    const invoke = (wait: number) => counter.invoke(wait);
    expect([await invoke(0), await invoke(0)].map(({ json: text, cold }) => [text, cold])).toEqual([
      ['1', true],
      ['2', false],
    ]);
    const together = await Promise.all([invoke(300), invoke(300), invoke(300)]);
    expect(together.map(({ json: text }) => text).sort()).toEqual(['1', '1', '3']);
    expect(together.filter(({ cold }) => cold)).toHaveLength(2);
  });

  test('an error that is thrown keeps the instance, a crash costs it', async () => {
    const throwing = poolOf(
      "let n = 0; exports.handler = async (how) => { n += 1; if (how === 'throw') throw new TypeError('no'); if (how === 'exit') process.exit(3); return n }",
    );
    await throwing.invoke('');
    expect(await failure(throwing.invoke('throw'))).toMatchObject({
      name: 'HandlerError',
      errorType: 'TypeError',
      message: 'no',
    });
    expect(await json(throwing.invoke(''))).toBe(3);
    expect(await failure(throwing.invoke('exit'))).toMatchObject({
      errorType: 'Runtime.ExitError',
      message: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/),
    });
    expect(await throwing.invoke('')).toMatchObject({ json: '1', cold: true });
  });
});

describe('failures', () => {
  test.each([
    ['no such file', '', { handler: 'nowhere.handler' }, 'Runtime.ImportModuleError'],
    ['no such export', 'exports.other = 1', {}, 'Runtime.HandlerNotFound'],
    ['a package that is not in the archive', "require('@aws-sdk/client-dynamodb')", {}, 'Runtime.ImportModuleError'],
    ['a syntax error', 'exports.handler = (;', {}, 'Runtime.UserCodeSyntaxError'],
    ['a module that throws', "throw new RangeError('at load')", {}, 'RangeError'],
    ['a module that exits', 'process.exit(1)', {}, 'Runtime.ExitError'],
    ['a result that is no JSON', 'exports.handler = async () => 1n', {}, 'Runtime.MarshalError'],
    [
      'an uncaught exception',
      "exports.handler = () => new Promise(() => { setTimeout(() => { throw new Error('late') }) })",
      {},
      'Runtime.ExitError',
    ],
    [
      'an unhandled rejection',
      "exports.handler = () => new Promise(() => { Promise.reject(new Error('late')) })",
      {},
      'Runtime.ExitError',
    ],
    [
      'too little memory',
      'exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(0.5)) }',
      {},
      'Runtime.OutOfMemory',
    ],
    ['a response above 6 MB', "exports.handler = async () => 'x'.repeat(6291555)", {}, 'Function.ResponseSizeTooLarge'],
  ])('%s', async (_, source, options, errorType) => {
    expect(await failure(poolOf(source, options).invoke({}))).toMatchObject({ errorType });
  });

  test('a timeout discards the instance, even one in an endless loop', async () => {
    const looping = poolOf('let n = 0; exports.handler = async (loop) => { n += 1; while (loop); return n }', {
      timeoutMs: 200,
    });
    expect(await failure(looping.invoke(true))).toMatchObject({
      errorType: 'Sandbox.Timedout',
      message: expect.stringMatching(/Task timed out after 0\.20 seconds$/),
    });
    expect(await json(looping.invoke(false))).toBe(1);
  });

  test('a request above 6 MB is not invoked', async () => {
    const { errorType } = await failure(poolOf('exports.handler = async () => 1').invoke('x'.repeat(6_291_455)));
    expect(errorType).toBe('RequestEntityTooLargeException');
  });
});
