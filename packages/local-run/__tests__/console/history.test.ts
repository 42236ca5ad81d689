/** The history of requests, and the limits of its memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { History, type HistoryEvent, MAX_REQUESTS, PAYLOADS_DROPPED } from '../../src/console/history';
import { MORE_LINES, MAX_LINE_CHARACTERS } from '../../src/console/invocation-logs';
import { invocationOf, requestOf } from '../support/console';

const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use after a garbage collection. */
function usedBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let history: History;

beforeEach(() => {
  history = new History();
  history.enable(() => ({ apiKeys: ['secret-key', ''], names: new Set() }));
});

const logsOf = (number: number) => history.find(number)?.logs ?? [];

test('drops the oldest payloads above the limit, says so in a note, and keeps the requests', () => {
  // Three payloads of 8 MB fit.
  for (let n = 1; n <= 5; n += 1)
    history.addRequest(requestOf(invocationOf(n, 'x'.repeat(5 * MB), `"${'y'.repeat(3 * MB)}"`)));
  expect(history.list().map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
  expect(history.find(1)).toMatchObject({ path: '/i1', note: PAYLOADS_DROPPED });
  expect(history.find(1)).not.toHaveProperty('event');
  expect(history.find(2)).toEqual(expect.objectContaining({ note: PAYLOADS_DROPPED }));
  for (const number of [3, 4, 5]) {
    const { body } = history.find(number)?.event as { readonly body: string };
    // Not a regular expression: it can exhaust the stack at a text of this length.
    expect(body === 'x'.repeat(5 * MB)).toBe(true);
    expect(history.find(number)).not.toHaveProperty('note');
  }
});

test('counts a result that arrives after the response', () => {
  const pending = invocationOf(1, 'x');
  history.addRequest(requestOf(pending));
  pending.result = `"${'y'.repeat(33 * MB)}"`;
  expect(history.find(1)).toHaveProperty('result');
  history.addRequest(requestOf(invocationOf(2)));
  expect(history.find(1)).toHaveProperty('note');
});

test('keeps the payloads of five requests of 6 MB each', () => {
  const before = usedBytes();
  for (let n = 1; n <= MAX_REQUESTS; n += 1) {
    const text = Buffer.alloc(6 * MB, 'x').toString();
    const response = { status: 200, headers: [], body: Buffer.alloc(6 * MB, 'z') };
    history.addRequest(requestOf(invocationOf(n, text, `"${n}"`), { response }));
  }
  const growth = usedBytes() - before;
  const stored = history.list().filter(({ number }) => history.find(number)?.note === undefined);
  expect(stored).toHaveLength(5);
  console.info(`200 requests of 12 MB: ${(growth / MB).toFixed(0)} MB more`);
  expect(growth).toBeLessThan(300 * MB);
});

test('shows the log lines of the authorizer before the lines of the function', () => {
  history.addLogLine('of the function', 'i1');
  history.addRequest({ ...requestOf(invocationOf(1)), authorizerInvocation: invocationOf(2) });
  history.addLogLine('of the authorizer', 'i2');
  expect(logsOf(1)).toEqual(['of the authorizer', 'of the function']);
  expect(history.find(1)?.event).toEqual(invocationOf(1).event);
});

test('truncates a long line, and keeps the first 200 lines of an invocation', () => {
  history.addLogLine('x'.repeat(MAX_LINE_CHARACTERS + 5), 'i1');
  for (let n = 0; n < 300; n += 1) history.addLogLine(`line ${n}`, 'i1');
  history.addRequest(requestOf(invocationOf(1)));
  const logs = logsOf(1);
  expect(logs).toHaveLength(201);
  expect(logs[0]).toBe(`${'x'.repeat(MAX_LINE_CHARACTERS)} ... (5 more characters)`);
  expect(logs[1]).toBe('line 0');
  expect(logs.at(-1)).toBe(MORE_LINES);
});

test('keeps the first 64 K characters of the lines of an invocation', () => {
  for (let n = 0; n < 10; n += 1) history.addLogLine('x'.repeat(MB), 'i1');
  history.addRequest(requestOf(invocationOf(1)));
  expect(logsOf(1).join('').length).toBeLessThan(66 * 1024);
  expect(logsOf(1).at(-1)).toBe(MORE_LINES);
});

test('truncates the message of an error that a function threw', () => {
  history.addRequest(requestOf(invocationOf(1), { reason: 'x'.repeat(MB) }));
  expect(history.find(1)?.reason).toMatch(/^x+ \.\.\. \(\d+ more characters\)$/);
});

test('publishes an updated request for each later log line within the limit', () => {
  const events: HistoryEvent[] = [];
  history.subscribe((event) => events.push(event));
  history.addRequest(requestOf(invocationOf(1)));
  for (let n = 0; n < 300; n += 1) history.addLogLine(`line ${n}`, 'i1');
  expect(events).toHaveLength(1 + 201);
});

test('hides API keys in path, reason, payloads and log lines', () => {
  history.addLogLine('key secret-key', 'i1');
  history.addRequest(
    requestOf(invocationOf(1, '', '"secret-key"'), { path: '/x?key=secret-key', reason: 'no secret-key' }),
  );
  history.addLogLine('{"late":"secret-key"}', 'i1');
  expect(history.find(1)).toMatchObject({
    path: '/x?key=***',
    reason: 'no ***',
    result: '***',
    logs: ['key ***', '{"late":"***"}'],
  });
  expect(JSON.stringify(history.find(1))).not.toContain('secret');
});

test('stores nothing before it is enabled', () => {
  const disabled = new History();
  disabled.addLogLine('x', 'i1');
  disabled.addRequest(requestOf(invocationOf(1)));
  expect(disabled.list()).toEqual([]);
});

test('adding a request takes less than 0.1 ms, however large its payload is', () => {
  const text = 'x'.repeat(64 * 1024);
  const start = performance.now();
  for (let n = 0; n < 20_000; n += 1) history.addRequest(requestOf(invocationOf(n, text, text)));
  const microseconds = ((performance.now() - start) / 20_000) * 1000;
  console.info(`${microseconds.toFixed(1)} µs a request`);
  expect(microseconds).toBeLessThan(100);
});
