/**
 * Tests that console calls and errors appear in a function's log in the format of Lambda's Node.js runtime
 * (aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js and src/Errors.js).
 */
import { createFunctionPools, type FunctionPools } from '../../support/function-pools';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const timestamp = expect.stringMatching(TIME) as string;
const stack = (first: string) => expect.arrayContaining([first]) as string[];

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

/** Invokes a handler with this body. @returns the lines of its log */
async function logLines(code: string, logFormat: 'JSON' | 'Text', logLevel = 'INFO'): Promise<string[]> {
  const pool = pools.create(`exports.handler = async () => { ${code} }`, {
    logFormat,
    // Lambda accepts a level in the JSON format only.
    logLevel: logFormat === 'JSON' ? logLevel : undefined,
  });
  await pool.invoke({}, { requestId: 'the-id' }).catch(() => undefined);
  return pools.lines;
}

/** @returns the lines of the function in the JSON format, parsed, without the lines of Lambda itself */
async function logMessages(code: string, logLevel?: string): Promise<unknown[]> {
  const all = await logLines(code, 'JSON', logLevel);
  return all.map((line) => JSON.parse(line) as unknown).filter((line) => !('type' in (line as object)));
}

describe('the JSON format', () => {
  const base = { timestamp, level: 'INFO', requestId: 'the-id' };

  test.each([
    ['a string', "'a'", { message: 'a' }],
    ['an object', '{ a: 1 }', { message: { a: 1 } }],
    ['no arguments', '', {}],
    ['several arguments, formatted', "'%s is', 'a', { b: 1 }", { message: 'a is { b: 1 }' }],
    ['a value that JSON cannot represent', '10n', { message: '10n' }],
    ['a text of two lines', "'a\\nb'", { message: 'a\nb' }],
  ])('logs %s', async (_, argument, expected) => {
    expect(await logMessages(`console.log(${argument})`)).toEqual([{ ...base, ...expected }]);
  });

  test('logs an error with its properties', async () => {
    const code = "console.error(Object.assign(new TypeError('no'), { code: 'E1', more: { a: 1 } }))";
    const message = { errorType: 'TypeError', errorMessage: 'no', stackTrace: stack('TypeError: no') };
    expect(await logMessages(code)).toEqual([
      { ...base, level: 'ERROR', message: { ...message, code: 'E1', more: { a: 1 } } },
    ]);
  });

  test('logs the properties of an error among several arguments', async () => {
    const [line] = await logMessages("console.warn('it', new RangeError('no'))");
    expect(line).toMatchObject({
      level: 'WARN',
      message: expect.stringMatching(/^it RangeError: no\n {4}at /) as string,
      errorType: 'RangeError',
      errorMessage: 'no',
      stackTrace: stack('RangeError: no'),
    });
  });

  test('does not log levels below the log level of the function', async () => {
    const code =
      "for (const method of ['trace', 'debug', 'info', 'log', 'warn', 'error', 'fatal']) console[method](method)";
    const shown = async (level: string) => {
      const all = (await logMessages(code, level)) as { level: string; message: string }[];
      pools.lines.length = 0;
      return all.map((line) => `${line.level} ${line.message}`);
    };
    const rest = ['INFO info', 'INFO log', 'WARN warn', 'ERROR error', 'FATAL fatal'];
    expect(await shown('TRACE')).toEqual(['TRACE trace', 'DEBUG debug', ...rest]);
    expect(await shown('INFO')).toEqual(rest);
    expect(await shown('FATAL')).toEqual(['FATAL fatal']);
  });

  test.each([
    [
      'an error of a custom class',
      "class Mine extends Error {} throw Object.assign(new Mine('m'), { $fault: 'client' })",
      { errorType: 'Mine', errorMessage: 'm', stackTrace: stack('Error: m'), $fault: 'client' },
    ],
    ['a string', "throw 'm'", { errorType: 'Error', errorMessage: 'm', stackTrace: stack('Error: m') }],
    [
      'an error with a circular reference',
      "throw (() => { const error = new Error('m'); error.self = { error }; return error })()",
      expect.stringMatching(/Error: m\n {4}at .*self: \{ error: \[Circular/s) as unknown,
    ],
    [
      'an error whose toJSON returns undefined',
      "throw Object.assign(new Error('m'), { toJSON: () => undefined })",
      { errorType: 'Error', errorMessage: 'm', trace: stack('Error: m') },
    ],
    [
      'an object that cannot be converted to text',
      'throw Object.create(null)',
      {
        errorType: 'handled',
        errorMessage: expect.stringMatching(/^callback called with Error/) as string,
        trace: [],
      },
    ],
  ])('logs %s when the handler throws it', async (_, code, message) => {
    expect(await logMessages(code)).toEqual([{ ...base, level: 'ERROR', message }]);
  });
});

describe('the text format', () => {
  test('begins lines with time, request id and level, and logs all levels', async () => {
    const [first = '', second = ''] = await logLines("console.debug('%d b', 1, [2]); console.error('c')", 'Text');
    expect(first.split('\t')).toEqual([timestamp, 'the-id', 'DEBUG', '1 b [ 2 ]']);
    expect(second.split('\t')).toEqual([timestamp, 'the-id', 'ERROR', 'c']);
  });

  test('does not continue an unfinished line of stdout', async () => {
    const all = await logLines(
      "process.stdout.write('not ended'); console.log('a'); process.stdout.write('\\n')",
      'Text',
    );
    expect(all.slice(0, 2)).toEqual([expect.stringMatching(/\ta$/), 'not ended']);
  });

  test('logs a thrown error with its code and properties', async () => {
    const [line = ''] = await logLines("throw Object.assign(new Error('m'), { code: 'E1', more: 1 })", 'Text');
    const [, id, level, cause, json = ''] = line.split('\t');
    expect([id, level, cause]).toEqual(['the-id', 'ERROR', 'Invoke Error ']);
    expect(JSON.parse(json)).toEqual({
      errorType: 'Error',
      errorMessage: 'm',
      code: 'E1',
      more: 1,
      stack: stack('Error: m'),
    });
  });

  test('logs an unhandled rejection with its reason', async () => {
    const code = "Promise.reject(new RangeError('late')); await new Promise(() => { setInterval(() => {}, 1e6) })";
    const [line = ''] = await logLines(code, 'Text');
    expect(JSON.parse(line.split('\t')[4] ?? '')).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'RangeError: late',
      reason: { errorType: 'RangeError', errorMessage: 'late' },
      promise: {},
    });
  });

  test('logs "undefined" as request id before the first invocation', async () => {
    await pools.create("console.log('init'); exports.handler = async () => 1", { logFormat: 'Text' }).invoke({});
    expect(pools.lines[0]?.split('\t').slice(1)).toEqual(['undefined', 'INFO', 'init']);
  });
});

test('process.cwd() is the task root', async () => {
  const result = await pools
    .create("exports.handler = async () => [process.cwd(), require('node:path').resolve('a')]")
    .invoke({});
  expect(JSON.parse(result.json)).toEqual([pools.folder, `${pools.folder}/a`]);
});
