/** The printed stack of an error that a real function logs. */
import { logText } from '../../src/print/function-log';
import { createFunctionPools, type FunctionPools } from '../support/function-pools';

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

test('a logged error shows stack frames of the function only', async () => {
  const code = "function fail() { return new Error('no'); }\nexports.handler = async () => console.error(fail());";
  const pool = pools.create(code, { logFormat: 'JSON', logLevel: 'INFO' });
  await pool.invoke({});
  const printed = pools.lines.map((line) => logText('fn', line, false)).filter((text) => text !== undefined);
  expect(printed).toHaveLength(1);
  const frames = printed.join('\n').match(/^ +at .*/gm) ?? [];
  expect(frames).toEqual([expect.stringMatching(/at fail .*index\.js:1/), expect.stringMatching(/index\.js:2/)]);
});
