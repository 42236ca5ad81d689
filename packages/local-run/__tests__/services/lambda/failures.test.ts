/** Tests the failures of an instance. Each has Lambda's error type and log line, and does not affect other instances. */
import { failure, createFunctionPools, type FunctionOptions, type FunctionPools } from '../../support/function-pools';

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

const ID = '[0-9a-f-]{36}';
const NEVER = 'new Promise(() => { setInterval(() => {}, 1e6) })';

interface Failing {
  readonly title: string;
  /** An expression that makes the handler fail. */
  readonly handler?: string;
  /** The source of a module that cannot be loaded. */
  readonly module?: string;
  readonly errorType: string;
  readonly message?: RegExp;
  /** A line in the log of a function with the text format. */
  readonly line?: RegExp;
  readonly options?: FunctionOptions;
}

const CASES: readonly Failing[] = [
  {
    title: 'a timeout',
    handler: NEVER,
    errorType: 'Sandbox.Timedout',
    message: new RegExp(`^RequestId: ${ID} Error: Task timed out after 1.50 seconds$`),
    line: new RegExp(`^\\S+Z ${ID} Task timed out after 1.50 seconds$`),
  },
  { title: 'an endless loop', handler: '(() => { for (;;); })()', errorType: 'Sandbox.Timedout' },
  {
    title: 'process.exit(3)',
    handler: 'process.exit(3)',
    errorType: 'Runtime.ExitError',
    message: new RegExp(`^RequestId: ${ID} Error: Runtime exited with error: exit status 3$`),
    line: new RegExp(`^RequestId: ${ID} Error: Runtime exited with error: exit status 3$`),
  },
  {
    title: 'process.exit(0)',
    handler: 'process.exit(0)',
    errorType: 'Runtime.ExitError',
    message: /Error: Runtime exited without providing a reason$/,
    line: /^Runtime\.ExitError$/,
  },
  {
    title: 'process.kill(process.pid)',
    handler: 'process.kill(process.pid)',
    errorType: 'Runtime.ExitError',
    message: new RegExp(`^RequestId: ${ID} Error: Runtime exited with error: exit status 143$`),
  },
  {
    title: 'a signal to the own process group',
    handler: "process.kill(0, 'SIGKILL')",
    errorType: 'Runtime.ExitError',
    message: /exit status 137$/,
  },
  {
    title: 'an uncaught exception in a timer',
    handler: "new Promise(() => { setTimeout(() => { throw new RangeError('late') }) })",
    errorType: 'RangeError',
    message: /^late$/,
    line: new RegExp(`^\\S+Z\\t${ID}\\tERROR\\tUncaught Exception \\t{"errorType":"RangeError","errorMessage":"late"`),
  },
  {
    title: 'the exit of the runtime after an uncaught exception',
    handler: "new Promise(() => { setTimeout(() => { throw new RangeError('late') }) })",
    errorType: 'RangeError',
    line: new RegExp(`^RequestId: ${ID} Error: Runtime exited with error: exit status 129$`),
  },
  {
    title: 'an unhandled rejection',
    handler: `(Promise.reject(new Error('late')), ${NEVER})`,
    errorType: 'Runtime.UnhandledPromiseRejection',
    message: /^Error: late$/,
    line: new RegExp(`^\\S+Z\\t${ID}\\tERROR\\tUnhandled Promise Rejection \\t{"errorType":"Runtime.UnhandledPromise`),
  },
  {
    title: 'a write to a stream that has ended',
    handler: `(() => { const { PassThrough } = require('node:stream'); const ended = new PassThrough(); ended.end(); ended.write('x'); return ${NEVER} })()`,
    errorType: 'Error',
    message: /^write after end$/,
    line: /Uncaught Exception \t{"errorType":"Error","errorMessage":"write after end"/,
  },
  {
    title: 'a response to a server that has answered already',
    handler: `new Promise(() => {
      const server = require('node:http').createServer((request, response) => { response.end('1'); response.writeHead(500) });
      server.listen(0, '127.0.0.1', () => require('node:http').get({ port: server.address().port, host: '127.0.0.1' }))
    })`,
    errorType: 'Error',
    message: /headers after they are sent/,
  },
  {
    title: 'more memory than the function has',
    handler: '(() => { const all = []; for (;;) all.push(new Array(1e5).fill(0.5)) })()',
    errorType: 'Runtime.OutOfMemory',
    message: /signal: killed/,
    line: /Error: Runtime exited with error: signal: killed/,
    options: { timeoutMs: 20_000 },
  },
  {
    title: 'a result that JSON cannot represent',
    handler: '1n',
    errorType: 'Runtime.MarshalError',
    message: /^Unable to stringify response body/,
    line: /ERROR\tInvoke Error \t{"errorType":"Runtime.MarshalError"/,
  },
  {
    title: 'an async handler that never settles',
    handler: 'new Promise(() => {})',
    errorType: 'Runtime.NodeJsExit',
    line: /ERROR\tInvoke Error \t{"errorType":"Runtime.NodeJsExit"/,
  },
  {
    title: 'an error that is thrown',
    handler: "Promise.reject(new TypeError('no'))",
    errorType: 'TypeError',
    message: /^no$/,
    line: new RegExp(
      `^\\S+Z\\t${ID}\\tERROR\\tInvoke Error \\t{"errorType":"TypeError","errorMessage":"no","stack":\\["`,
    ),
  },
  { title: 'a response above 6 MB', handler: "'x'.repeat(6291555)", errorType: 'Function.ResponseSizeTooLarge' },
  {
    title: 'a handler in a file that does not exist',
    module: '',
    options: { handler: 'nowhere.handler' },
    errorType: 'Runtime.ImportModuleError',
    message: /^Error: Cannot find module 'nowhere'/,
    line: /\tundefined\tERROR\tUncaught Exception \t{"errorType":"Runtime.ImportModuleError"/,
  },
  {
    title: 'NODE_OPTIONS that Node.js rejects',
    module: '',
    options: { environment: { NODE_OPTIONS: '--no-such' } },
    errorType: 'Runtime.ExitError',
    message: /exit status 9$/,
    line: /--no-such is not allowed in NODE_OPTIONS/,
  },
  ...(
    [
      ["process.chdir('/tmp')", /^process\.chdir\(\): the local run does not support it, .* AWS Lambda supports it\./],
      ['process.umask(0o027)', /^process\.umask\(mask\): the local run does not support it/],
      ['process.setuid(1)', /^process\.setuid\(\): the local run/],
      ['process.abort()', /^process\.abort\(\): the local run/],
      [
        "(process.env.TZ = 'Asia/Kolkata', new Date(0).getHours())",
        /^process\.env\.TZ = "Asia\/Kolkata": the local run/,
      ],
      ['awslambda.streamifyResponse(() => 1)', /^awslambda\.streamifyResponse\(\): the local run/],
    ] as const
  ).map(([handler, message]) => ({
    title: `${handler}, which a thread cannot do`,
    handler,
    errorType: 'LocalRun.NotSimulated',
    message,
    line: /the local run does not support it/,
  })),
  {
    title: 'a time zone that the module sets',
    module: "process.env.TZ = 'Europe/Paris'; exports.handler = async () => 1",
    errorType: 'LocalRun.NotSimulated',
    message: /^process\.env\.TZ = "Europe\/Paris": the local run/,
  },
  {
    title: 'a package that is not in the archive',
    module: "require('@aws-sdk/client-dynamodb')",
    errorType: 'Runtime.ImportModuleError',
    message: /^Error: Cannot find module '@aws-sdk\/client-dynamodb'/,
  },
  {
    title: 'a syntax error',
    module: 'exports.handler = (;',
    errorType: 'Runtime.UserCodeSyntaxError',
    message: /^SyntaxError: /,
  },
  {
    title: 'a handler that is not exported',
    module: 'exports.other = 1',
    errorType: 'Runtime.HandlerNotFound',
    message: /^index\.handler is undefined or not exported$/,
  },
  { title: 'a handler that is not a function', module: 'exports.handler = 1', errorType: 'Runtime.HandlerNotFound' },
  {
    title: 'a handler name without an export',
    module: '',
    options: { handler: 'index' },
    errorType: 'Runtime.MalformedHandlerName',
  },
  {
    title: 'a handler name outside of the archive',
    module: '',
    options: { handler: '../index.handler' },
    errorType: 'Runtime.MalformedHandlerName',
  },
  {
    title: 'a module that throws',
    module: "throw new RangeError('at load')",
    errorType: 'RangeError',
    message: /^at load$/,
  },
  {
    title: 'a module that exits',
    module: 'process.exit(1)',
    errorType: 'Runtime.ExitError',
    message: /Error: Runtime exited with error: exit status 1$/,
  },
  {
    title: 'a module that takes too long to load at both attempts',
    module: 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4000); exports.handler = async () => 1',
    options: { initTimeoutMs: 200 },
    errorType: 'Sandbox.Timedout',
    message: /Task timed out after 1\.50 seconds$/,
    line: /^INIT_REPORT Init Duration: 200\.00 ms\tPhase: init\tStatus: timeout$/,
  },
];

describe.each(CASES)('$title', ({ handler, module, options, errorType, message, line }) => {
  const source =
    module ??
    `exports.handler = async (how) => {
      if (how === 'fail') return ${handler};
      await new Promise((done) => setTimeout(done, how === 'neighbour' ? 300 : 50));
      return 'fine';
    }`;
  const functionOptions: FunctionOptions = { timeoutMs: 1500, logFormat: 'Text', ...options };

  test(`fails with ${errorType} and does not affect a concurrent invocation`, async () => {
    const pool = pools.create(source, functionOptions);
    // If the module cannot be loaded, no concurrent invocation can succeed.
    if (handler !== undefined) await Promise.all([pool.invoke('warm'), pool.invoke('warm')]);
    const neighbour = handler === undefined ? undefined : pool.invoke('neighbour');
    const error = await failure(pool.invoke('fail'));
    expect(error).toMatchObject({ errorType, message: expect.stringMatching(message ?? /./) });
    expect((await neighbour)?.json ?? '"fine"').toBe('"fine"');
    if (handler !== undefined) expect((await pool.invoke('after')).json).toBe('"fine"');
    if (line) expect(pools.lines).toContainEqual(expect.stringMatching(line));
  });
});

test('an instance whose second initialization succeeds serves the invocation', async () => {
  const slow = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400); exports.handler = async () => 1';
  expect(await pools.create(slow, { initTimeoutMs: 150 }).invoke({})).toMatchObject({ json: '1', cold: true });
});

test('a crash between two invocations ends the instance and fails no invocation', async () => {
  const pool = pools.create(
    "exports.handler = async () => { setTimeout(() => { throw new Error('in between') }, 20); return 1 }",
    { logFormat: 'Text' },
  );
  expect((await pool.invoke({})).json).toBe('1');
  await new Promise((done) => setTimeout(done, 200));
  expect(pools.lines).toContainEqual(expect.stringMatching(/\tundefined\tERROR\tUncaught Exception .*in between/));
  expect(await pool.invoke({})).toMatchObject({ json: '1', cold: true });
});

test('a handler that logs endlessly blocks until its output is read, and delays no other invocation', async () => {
  const pool = pools.create(
    `exports.handler = async (how) => {
      while (how === 'log') console.log('x'.repeat(1000));
      await new Promise((done) => setTimeout(done, 20));
      return 'fine';
    }`,
    { timeoutMs: 1500 },
  );
  await Promise.all([pool.invoke('warm'), pool.invoke('warm')]);
  const failing = failure(pool.invoke('log'));
  const before = process.memoryUsage().external;
  let longest = 0;
  for (let count = 0; count < 20; count += 1) {
    const startedAt = performance.now();
    expect((await pool.invoke('neighbour')).json).toBe('"fine"');
    longest = Math.max(longest, performance.now() - startedAt);
    // Keeps the memory of this test small.
    pools.lines.length = 0;
  }
  expect(longest).toBeLessThan(500);
  expect(process.memoryUsage().external - before).toBeLessThan(50e6);
  expect(await failing).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

test('refuses an event above 6 MB', async () => {
  const { errorType } = await failure(pools.create('exports.handler = async () => 1').invoke('x'.repeat(6_291_455)));
  expect(errorType).toBe('RequestEntityTooLargeException');
});
