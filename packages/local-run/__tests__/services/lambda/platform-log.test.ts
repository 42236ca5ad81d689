/** Tests the lines that Lambda itself adds to a function's log. */
import { failure, createFunctionPools, type FunctionPools } from '../../support/function-pools';

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

const ID = '[0-9a-f-]{36}';

const succeed = 'exports.handler = async () => 1';

test('logs START, END and REPORT of every invocation in the text format', async () => {
  await pools.create(succeed, { logFormat: 'Text', platformLog: true }).invoke({});
  expect(pools.lines).toEqual([
    expect.stringMatching(new RegExp(`^START RequestId: ${ID} Version: \\$LATEST$`)),
    expect.stringMatching(new RegExp(`^END RequestId: ${ID}$`)),
    expect.stringMatching(
      new RegExp(
        `^REPORT RequestId: ${ID}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tInit Duration: [\\d.]+ ms$`,
      ),
    ),
  ]);
});

test('logs platform.start and platform.report of every invocation in the JSON format', async () => {
  await pools.create(succeed, { platformLog: true }).invoke({});
  expect(pools.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { type: 'platform.start', record: { version: '$LATEST' } },
    { type: 'platform.report', record: { status: 'success', metrics: { memorySizeMB: 128 } } },
  ]);
});

test('logs only the reports of failed invocations by default', async () => {
  await pools.create(succeed).invoke({});
  await failure(pools.create("exports.handler = async () => { throw new TypeError('no') }").invoke({}));
  expect(pools.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'ERROR', message: { errorType: 'TypeError', errorMessage: 'no', stackTrace: expect.any(Array) } },
    { type: 'platform.report', record: { status: 'error', errorType: 'TypeError' } },
  ]);
});
