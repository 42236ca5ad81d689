/** Tests invocations that are queued while all instances are busy. */
import { type Dynamodb, type GuardedDynamodb } from '../../../src/services/dynamodb/dynamodb';
import { readPolicy } from '../../../src/services/iam/policy';
import { MAX_COMPUTING } from '../../../src/services/lambda/scaling';
import { startTable } from '../../support/dynamodb';
import { failure, createFunctionPools, type FunctionPools } from '../../support/function-pools';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

test('each queued invocation is served exactly once, even if instances crash, exit or throw', async () => {
  const pool = pools.create(
    `let running = 0;
    exports.handler = async ({ n }) => {
      running += 1;
      if (running > 1) throw new Error('two at a time');
      console.log('served ' + n);
      try {
        if (n % 10 === 3) process.exit(3);
        if (n % 10 === 5) setImmediate(() => { throw new Error('crash') });
        if (n % 10 === 7) throw new TypeError('thrown');
        await new Promise((done) => setImmediate(() => setImmediate(done)));
        return n;
      } finally { running -= 1 }
    }`,
    { logFormat: 'Text' },
  );
  const results = await Promise.allSettled(range(200).map((n) => pool.invoke({ n })));
  const expected = range(200).map((n) => (n % 10 === 3 || n % 10 === 5 || n % 10 === 7 ? 'rejected' : 'fulfilled'));
  expect(results.map(({ status }) => status)).toEqual(expected);
  const served = pools.lines.flatMap((line) => /served (\d+)/.exec(line)?.[1] ?? []);
  expect(served.map(Number).sort((a, b) => a - b)).toEqual(range(200));
}, 60_000);

test('queued invocations are served while other invocations wait or time out', async () => {
  const pool = pools.create(
    `exports.handler = async ({ ms }) => { if (ms) await new Promise((done) => setTimeout(done, ms)); return ms }`,
    { timeoutMs: 1500, logFormat: 'Text' },
  );
  await Promise.all(range(MAX_COMPUTING).map(() => pool.invoke({ ms: 100 })));
  const slow = range(MAX_COMPUTING).map((n) =>
    n === 0 ? failure(pool.invoke({ ms: 60_000 })) : pool.invoke({ ms: 1000 }),
  );
  const startedAt = performance.now();
  await Promise.all(range(2 * MAX_COMPUTING).map(() => pool.invoke({ ms: 0 })));
  expect(performance.now() - startedAt).toBeLessThan(900);
  expect(await slow[0]).toMatchObject({ errorType: 'Sandbox.Timedout' });
  await Promise.all(slow);
});

test('queued invocations are served during endless loops, and their timeout starts with their handler', async () => {
  const pool = pools.create(
    `exports.handler = async ({ endless }, context) => { while (endless); return context.getRemainingTimeInMillis() }`,
    { timeoutMs: 1500, logFormat: 'Text' },
  );
  await Promise.all(range(MAX_COMPUTING).map(() => pool.invoke({})));
  const endless = range(MAX_COMPUTING).map(() => failure(pool.invoke({ endless: true })));
  const others = await Promise.all(range(MAX_COMPUTING).map(() => pool.invoke({})));
  for (const { json } of others) expect(Number(json)).toBeGreaterThan(1400);
  for (const invocation of endless) expect(await invocation).toMatchObject({ errorType: 'Sandbox.Timedout' });
}, 20_000);

test('queued invocations are served after an answer that waits until the event loop is empty', async () => {
  const work = 'for (const end = Date.now() + 4; Date.now() < end; );';
  const pool = pools.create(`exports.handler = (n, context, callback) => { ${work} callback(null, n) }`);
  const results = await Promise.all(range(40).map((n) => pool.invoke(n)));
  expect(results.map(({ json }) => Number(json))).toEqual(range(40));
});

test('queued invocations are served after a handler that never settles', async () => {
  const pool = pools.create('exports.handler = () => new Promise(() => undefined)', { logFormat: 'Text' });
  const never = pools.create('exports.handler = async () => new Promise(() => undefined)', {
    file: 'never.js',
    handler: 'never.handler',
  });
  const results = await Promise.all(range(60).map((n) => pool.invoke(n)));
  expect(results.map(({ json }) => json)).toEqual(range(60).map(() => 'null'));
  const errors = await Promise.all(range(60).map((n) => failure(never.invoke(n))));
  expect(errors.map(({ errorType }) => errorType)).toEqual(range(60).map(() => 'Runtime.NodeJsExit'));
});

test('an invocation that computes for long delays no other invocation', async () => {
  const pool = pools.create(
    'exports.handler = async (ms) => { for (const end = Date.now() + ms; Date.now() < end; ); return ms }',
  );
  await Promise.all(range(MAX_COMPUTING).map(() => pool.invoke(20)));
  const long = pool.invoke(1500);
  const longest = await Promise.all(
    range(8).map(async () => {
      let max = 0;
      for (const end = performance.now() + 1000; performance.now() < end;) {
        const startedAt = performance.now();
        await pool.invoke(3);
        max = Math.max(max, performance.now() - startedAt);
      }
      return max;
    }),
  );
  await long;
  expect(Math.max(...longest)).toBeLessThan(700);
});

test('each queued invocation has its own log lines and report', async () => {
  const pool = pools.create(`exports.handler = async (n) => { console.log('in ' + n); return n }`, {
    platformLog: true,
    logFormat: 'Text',
    reservedConcurrency: 50,
  });
  await Promise.all(range(30).map((n) => pool.invoke(n, { requestId: `id-${n}` })));
  for (const n of range(30)) {
    const parts = [`START RequestId: id-${n} `, `\tid-${n}\tINFO\tin ${n} `, `END RequestId: id-${n} `];
    const positions = parts.map((part) => pools.lines.findIndex((line) => `${line} `.includes(part)));
    expect(positions).not.toContain(-1);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  }
});

describe('calls to DynamoDB', () => {
  let dynamodb: Dynamodb;
  let guarded: GuardedDynamodb;
  const ROLE = 'arn:aws:iam::000000000000:role/fn-role';

  beforeAll(async () => {
    dynamodb = await startTable('items');
    guarded = await dynamodb.startGuard({ roles: [], tables: [] }, () => undefined);
    const { policy } = readPolicy(
      'test',
      JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }] }),
    );
    await guarded.setRules({ roles: [{ arn: ROLE, statements: policy.statements }], tables: [] });
  });
  afterAll(() => dynamodb.stop());

  test('belong to the invocation that made them', async () => {
    const sdk = require.resolve('@aws-sdk/client-dynamodb');
    const pool = pools.create(
      `const { DynamoDBClient, GetItemCommand } = require(${JSON.stringify(sdk)});
      const client = new DynamoDBClient({ endpoint: ${JSON.stringify(guarded.endpoint)} });
      exports.handler = async (count) => {
        for (let n = 0; n < count; n += 1)
          await client.send(new GetItemCommand({ TableName: 'items', Key: { id: { S: 'a' } } }));
        return count;
      }`,
      { access: guarded },
    );
    // If this thread is busy for 30 ms, it then receives many answers together.
    for (const busyMs of [0, 30]) {
      const busy = setInterval(() => {
        for (const end = performance.now() + busyMs; performance.now() < end;);
      }, 1);
      const results = await Promise.all(range(150).map((n) => pool.invoke(n % 4)));
      clearInterval(busy);
      expect(results.map(({ calls }) => calls.length)).toEqual(range(150).map((n) => n % 4));
    }
  }, 60_000);
});
