/** NODE_OPTIONS that a process takes and a worker thread refuses. */
import { createFunctionPools, type FunctionPools } from '../../support/function-pools';

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

const SOURCE = 'exports.handler = async () => [process.env.NODE_OPTIONS, process.traceDeprecation === true]';

test.each([
  ['--use-openssl-ca', '', '--use-openssl-ca'],
  ['--disable-proto=delete', '', '--disable-proto=delete'],
  ['--title abc --trace-deprecation', '--trace-deprecation', '--title abc'],
  ['--trace-deprecation "--title=a b" --use-bundled-ca', '--trace-deprecation', '"--title=a b" --use-bundled-ca'],
])(
  'a function with %s runs without the options of a process, and its log names them',
  async (options, kept, ignored) => {
    const pool = pools.create(SOURCE, { environment: { NODE_OPTIONS: options } });
    const { json } = await pool.invoke({});
    expect(JSON.parse(json)).toEqual([kept, kept !== '']);
    expect(pools.lines.join('\n')).toContain(`NODE_OPTIONS: the local run ignores ${ignored}, because`);
  },
);

test('an option that Node.js refuses stays an error beside an option of a process', async () => {
  const pool = pools.create(SOURCE, { environment: { NODE_OPTIONS: '--use-openssl-ca --no-such' } });
  await expect(pool.invoke({})).rejects.toMatchObject({ errorType: 'Runtime.ExitError' });
});
