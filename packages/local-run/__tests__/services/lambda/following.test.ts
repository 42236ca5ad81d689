/** Invocations that lie with a busy instance, which begins with them when it is done. */
import { type Dynamodb, type GuardedDynamodb } from '../../../src/services/dynamodb/dynamodb';
import { readPolicy } from '../../../src/services/iam/policy';
import { AT_ONCE } from '../../../src/services/lambda/growth';
import { Turns } from '../../../src/services/lambda/turns';
import { startTable } from '../../support/dynamodb';
import { failure, functionPool, type FunctionPool } from '../../support/function-pool';

const all = (count: number) => Array.from({ length: count }, (_, index) => index);

let pools: FunctionPool;
beforeEach(() => {
  pools = functionPool();
});
afterEach(() => pools.stop());

describe('of pool and instance one gets a turn', () => {
  test('those that are taken back are the last, and are not begun', () => {
    const pool = new Turns();
    const instance = new Turns(pool.shared);
    const [first, second, third] = [pool.give(), pool.give(), pool.give()];
    expect(instance.begin(first)).toBe(true);
    expect(pool.takeBack()).toBe(2);
    expect([instance.begin(second), instance.begin(third), pool.takeBack()]).toEqual([false, false, 0]);
    const fourth = pool.give();
    expect([instance.begin(third), instance.begin(fourth), instance.begin(fourth)]).toEqual([false, true, false]);
  });

  test('also after very many batches', () => {
    const pool = new Turns();
    const instance = new Turns(pool.shared);
    for (let count = 0; count < 2 ** 25 + 5; count += 1) pool.takeBack();
    const given = pool.give();
    expect([instance.begin(given + 1), instance.begin(given), pool.takeBack()]).toEqual([false, true, 0]);
  });
});

test('each is served once, also beside instances that crash, end, or throw', async () => {
  const pool = pools.of(
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
  const results = await Promise.allSettled(all(200).map((n) => pool.invoke({ n })));
  const expected = all(200).map((n) => (n % 10 === 3 || n % 10 === 5 || n % 10 === 7 ? 'rejected' : 'fulfilled'));
  expect(results.map(({ status }) => status)).toEqual(expected);
  const served = pools.lines.flatMap((line) => /served (\d+)/.exec(line)?.[1] ?? []);
  expect(served.map(Number).sort((a, b) => a - b)).toEqual(all(200));
}, 60_000);

test('what follows one that waits, or times out, goes to another instance', async () => {
  const pool = pools.of(
    `exports.handler = async ({ ms }) => { if (ms) await new Promise((done) => setTimeout(done, ms)); return ms }`,
    { timeoutMs: 1500, logFormat: 'Text' },
  );
  await Promise.all(all(AT_ONCE).map(() => pool.invoke({ ms: 100 })));
  const slow = all(AT_ONCE).map((n) => (n === 0 ? failure(pool.invoke({ ms: 60_000 })) : pool.invoke({ ms: 1000 })));
  const began = performance.now();
  await Promise.all(all(2 * AT_ONCE).map(() => pool.invoke({ ms: 0 })));
  expect(performance.now() - began).toBeLessThan(900);
  expect(await slow[0]).toMatchObject({ errorType: 'Sandbox.Timedout' });
  await Promise.all(slow);
});

test('what follows an endless loop is served by others, and its time begins with its handler', async () => {
  const pool = pools.of(
    `exports.handler = async ({ endless }, context) => { while (endless); return context.getRemainingTimeInMillis() }`,
    { timeoutMs: 1500, logFormat: 'Text' },
  );
  await Promise.all(all(AT_ONCE).map(() => pool.invoke({})));
  const endless = all(AT_ONCE).map(() => failure(pool.invoke({ endless: true })));
  const others = await Promise.all(all(AT_ONCE).map(() => pool.invoke({})));
  for (const { json } of others) expect(Number(json)).toBeGreaterThan(1400);
  for (const one of endless) expect(await one).toMatchObject({ errorType: 'Sandbox.Timedout' });
}, 20_000);

test('a handler whose answer waits for the empty event loop is followed', async () => {
  const work = 'for (const end = Date.now() + 4; Date.now() < end; );';
  const pool = pools.of(`exports.handler = (n, context, callback) => { ${work} callback(null, n) }`);
  const results = await Promise.all(all(40).map((n) => pool.invoke(n)));
  expect(results.map(({ json }) => Number(json))).toEqual(all(40));
});

test('one that never settles is followed', async () => {
  const pool = pools.of('exports.handler = () => new Promise(() => undefined)', { logFormat: 'Text' });
  const never = pools.of('exports.handler = async () => new Promise(() => undefined)', {
    file: 'never.js',
    handler: 'never.handler',
  });
  const results = await Promise.all(all(60).map((n) => pool.invoke(n)));
  expect(results.map(({ json }) => json)).toEqual(all(60).map(() => 'null'));
  const errors = await Promise.all(all(60).map((n) => failure(never.invoke(n))));
  expect(errors.map(({ errorType }) => errorType)).toEqual(all(60).map(() => 'Runtime.NodeJsExit'));
});

test('nobody stays behind one that computes for long', async () => {
  const pool = pools.of(
    'exports.handler = async (ms) => { for (const end = Date.now() + ms; Date.now() < end; ); return ms }',
  );
  await Promise.all(all(AT_ONCE).map(() => pool.invoke(20)));
  const long = pool.invoke(1500);
  const longest = await Promise.all(
    all(8).map(async () => {
      let most = 0;
      for (const end = performance.now() + 1000; performance.now() < end;) {
        const began = performance.now();
        await pool.invoke(3);
        most = Math.max(most, performance.now() - began);
      }
      return most;
    }),
  );
  await long;
  expect(Math.max(...longest)).toBeLessThan(700);
});

test('lines and reports are those of the invocation', async () => {
  const pool = pools.of(`exports.handler = async (n) => { console.log('in ' + n); return n }`, {
    platformLog: true,
    logFormat: 'Text',
    reservedConcurrency: 50,
  });
  await Promise.all(all(30).map((n) => pool.invoke(n, `id-${n}`)));
  for (const n of all(30)) {
    const parts = [`START RequestId: id-${n} `, `\tid-${n}\tINFO\tin ${n} `, `END RequestId: id-${n} `];
    const places = parts.map((part) => pools.lines.findIndex((line) => `${line} `.includes(part)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  }
});

describe('its calls', () => {
  let dynamodb: Dynamodb;
  let guarded: GuardedDynamodb;
  const ROLE = 'arn:aws:iam::000000000000:role/fn-role';

  beforeAll(async () => {
    dynamodb = await startTable('items');
    guarded = await dynamodb.guard({ roles: [], tables: [] }, () => undefined);
    const { policy } = readPolicy(
      'test',
      JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }] }),
    );
    await guarded.apply({ roles: [{ arn: ROLE, statements: policy.statements }], tables: [] });
  });
  afterAll(() => dynamodb.stop());

  test('are those of the invocation, and not of the one before or after', async () => {
    const sdk = require.resolve('@aws-sdk/client-dynamodb');
    const pool = pools.of(
      `const { DynamoDBClient, GetItemCommand } = require(${JSON.stringify(sdk)});
      const client = new DynamoDBClient({ endpoint: ${JSON.stringify(guarded.endpoint)} });
      exports.handler = async (count) => {
        for (let n = 0; n < count; n += 1)
          await client.send(new GetItemCommand({ TableName: 'items', Key: { id: { S: 'a' } } }));
        return count;
      }`,
      { access: guarded },
    );
    // Also where many answers come together, as this thread is busy.
    for (const busyMs of [0, 30]) {
      const busy = setInterval(() => {
        for (const end = performance.now() + busyMs; performance.now() < end;);
      }, 1);
      const results = await Promise.all(all(150).map((n) => pool.invoke(n % 4)));
      clearInterval(busy);
      expect(results.map(({ calls }) => calls.length)).toEqual(all(150).map((n) => n % 4));
    }
  }, 60_000);
});
