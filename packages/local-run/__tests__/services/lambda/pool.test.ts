/** Tests the results of invocations and the use of instances. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { failure, createFunctionPools, type FunctionPools } from '../../support/function-pools';

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

const createPool: FunctionPools['create'] = (source, options) => pools.create(source, options);

const jsonOf = async (invocation: Promise<{ json: string }>) => JSON.parse((await invocation).json) as unknown;

describe('invocations', () => {
  test.each([
    ['a promise', 'exports.handler = async (event) => event', { a: 1 }],
    [
      'a callback',
      'exports.handler = (event, context, callback) => { setTimeout(() => callback(null, event), 5) }',
      { a: 1 },
    ],
    ['a handler that returns nothing', 'exports.handler = async () => {}', null],
  ])('the result comes from %s', async (_, source, expected) => {
    expect(await jsonOf(createPool(source).invoke({ a: 1 }))).toEqual(expected);
  });

  test.each(['index.mjs', 'index.cjs'])('the result comes from a handler in %s', async (file) => {
    const source = file === 'index.mjs' ? 'export const handler = async () => 1' : 'exports.handler = async () => 1';
    expect(await jsonOf(createPool(source, { file }).invoke({}))).toBe(1);
  });

  test('the result comes from an ES module with a top-level await', async () => {
    writeFileSync(path.join(pools.folder, 'package.json'), '{ "type": "module" }');
    expect(
      await jsonOf(
        createPool('const one = await Promise.resolve(1); export const handler = async () => one').invoke({}),
      ),
    ).toBe(1);
  });

  test('the environment has the variables of Lambda and the stack, but no variables of this machine', async () => {
    const env = (await jsonOf(createPool('exports.handler = async () => process.env').invoke({}))) as Record<
      string,
      string
    >;
    expect(env).toMatchObject({
      GREETING: 'hello',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fn',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      _HANDLER: 'index.handler',
      LAMBDA_TASK_ROOT: pools.folder,
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[A-Z0-9]{16}$/),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      AWS_SESSION_TOKEN: expect.any(String),
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
    expect(env).not.toHaveProperty('HOME');
  });

  // These variables are not reserved (Lambda developer guide, "Defined runtime environment variables").
  test.each(['LANG', 'PATH'])('a stack may set %s', async (name) => {
    const options = { environment: { [name]: 'from-stack' } };
    expect(await jsonOf(createPool(`exports.handler = async () => process.env.${name}`, options).invoke({}))).toBe(
      'from-stack',
    );
  });

  test('the context has the fields that Lambda documents', async () => {
    const source =
      'exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })';
    expect(await jsonOf(createPool(source).invoke({}))).toMatchObject({
      functionName: 'fn',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:fn',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('lines written to stdout and stderr reach the log', async () => {
    await createPool(
      "exports.handler = async () => { process.stdout.write('to stdout\\n'); process.stderr.write('to stderr\\n') }",
    ).invoke({});
    while (pools.lines.length < 2) await new Promise(setImmediate);
    expect(pools.lines.sort()).toEqual(['to stderr', 'to stdout']);
  });
});

describe('instances', () => {
  const counting =
    'let count = 0; exports.handler = async (wait) => { await new Promise((done) => setTimeout(done, wait)); return ++count }';

  test('one instance serves sequential invocations; each concurrent invocation gets a separate instance', async () => {
    const counter = createPool(counting);
    const invoke = (wait: number) => counter.invoke(wait);
    expect([await invoke(0), await invoke(0)].map(({ json: text, cold }) => [text, cold])).toEqual([
      ['1', true],
      ['2', false],
    ]);
    const together = await Promise.all([invoke(1000), invoke(1000), invoke(1000)]);
    expect(together.map(({ json: text }) => text).sort()).toEqual(['1', '1', '3']);
    expect(together.filter(({ cold }) => cold)).toHaveLength(2);
  });

  test('an instance continues after a thrown error and ends after a crash', async () => {
    const throwing = createPool(
      "let n = 0; exports.handler = async (how) => { n += 1; if (how === 'throw') throw new TypeError('no'); if (how === 'exit') process.exit(3); return n }",
    );
    await throwing.invoke('');
    expect(await failure(throwing.invoke('throw'))).toMatchObject({
      name: 'HandlerError',
      errorType: 'TypeError',
      message: 'no',
    });
    expect(await jsonOf(throwing.invoke(''))).toBe(3);
    expect(await failure(throwing.invoke('exit'))).toMatchObject({
      errorType: 'Runtime.ExitError',
      message: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/),
    });
    expect(await throwing.invoke('')).toMatchObject({ json: '1', cold: true });
  });
});
