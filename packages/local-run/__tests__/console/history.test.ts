/** What the console page keeps of requests: enough to look at, and never more than so many bytes. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RequestLog } from '../../src/services/api-gateway/server';
import { History, type HistoryEvent, MAX_REQUESTS, PAYLOADS_DROPPED } from '../../src/console/history';
import { MORE_LINES, MAX_LINE_CHARACTERS } from '../../src/console/invocation-logs';
import type { Invocation } from '../../src/engine/trace';

const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are in use, and no garbage. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let history: History;

beforeEach(() => {
  history = new History();
  history.enable(() => ['secret-key', '']);
});

const invocationOf = (n: number, body = '', result?: string): Invocation => ({
  functionName: 'f',
  requestId: `i${n}`,
  event: { body },
  ...(result !== undefined && { result }),
});

const requestOf = (invocation: Invocation, more: Partial<RequestLog> = {}): RequestLog => ({
  method: 'PUT',
  path: `/${invocation.requestId}`,
  milliseconds: 1,
  response: { status: 200, headers: [], body: Buffer.alloc(0) },
  trace: { stack: 'items', api: 'api', requestId: 'r', heldMs: 0, invocation },
  ...more,
});

const logsOf = (number: number) => history.find(number)?.logs ?? [];

test('large payloads: the newest are kept, the oldest let go with a note; the requests themselves stay', () => {
  // A quarter of what fits, and a little more: three are kept.
  for (let n = 1; n <= 5; n += 1)
    history.addRequest(requestOf(invocationOf(n, 'x'.repeat(5 * MB), `"${'y'.repeat(3 * MB)}"`)));
  expect(history.list().map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
  expect(history.find(1)).toMatchObject({ path: '/i1', note: PAYLOADS_DROPPED });
  expect(history.find(1)).not.toHaveProperty('event');
  expect(history.find(2)).toEqual(expect.objectContaining({ note: PAYLOADS_DROPPED }));
  for (const number of [3, 4, 5]) {
    expect(history.find(number)).toMatchObject({ event: { body: expect.stringMatching(/^x+$/) as string } });
    expect(history.find(number)).not.toHaveProperty('note');
  }
});

test('a result that comes after the answer is shown, and counts', () => {
  const late = invocationOf(1, 'x');
  history.addRequest(requestOf(late));
  late.result = `"${'y'.repeat(33 * MB)}"`;
  expect(history.find(1)).toHaveProperty('result');
  history.addRequest(requestOf(invocationOf(2)));
  expect(history.find(1)).toHaveProperty('note');
});

test('of 200 requests with bodies of 6 MB five stay in memory', () => {
  const before = held();
  for (let n = 1; n <= MAX_REQUESTS; n += 1) {
    const text = Buffer.alloc(6 * MB, 'x').toString();
    const response = { status: 200, headers: [], body: Buffer.alloc(6 * MB, 'z') };
    history.addRequest(requestOf(invocationOf(n, text, `"${n}"`), { response }));
  }
  const grown = held() - before;
  const kept = history.list().filter(({ number }) => history.find(number)?.note === undefined);
  expect(kept).toHaveLength(5);
  console.info(`200 requests of 12 MB: ${(grown / MB).toFixed(0)} MB more`);
  expect(grown).toBeLessThan(300 * MB);
});

test('a long line is cut short, and a function that logs without end is not followed', () => {
  history.addLogLine('x'.repeat(MAX_LINE_CHARACTERS + 5), 'i1');
  for (let n = 0; n < 300; n += 1) history.addLogLine(`line ${n}`, 'i1');
  history.addRequest(requestOf(invocationOf(1)));
  const logs = logsOf(1);
  expect(logs).toHaveLength(201);
  expect(logs[0]).toBe(`${'x'.repeat(MAX_LINE_CHARACTERS)} ... (5 more characters)`);
  expect(logs[1]).toBe('line 0');
  expect(logs.at(-1)).toBe(MORE_LINES);
});

test('many long lines of an invocation are not all kept', () => {
  for (let n = 0; n < 10; n += 1) history.addLogLine('x'.repeat(MB), 'i1');
  history.addRequest(requestOf(invocationOf(1)));
  expect(logsOf(1).join('').length).toBeLessThan(66 * 1024);
  expect(logsOf(1).at(-1)).toBe(MORE_LINES);
});

test('what a function threw is cut short', () => {
  history.addRequest(requestOf(invocationOf(1), { reason: 'x'.repeat(MB) }));
  expect(history.find(1)?.reason).toMatch(/^x+ \.\.\. \(\d+ more characters\)$/);
});

test('a line that comes after the answer tells the request again; one that is not kept does not', () => {
  const told: HistoryEvent[] = [];
  history.subscribe((event) => told.push(event));
  history.addRequest(requestOf(invocationOf(1)));
  for (let n = 0; n < 300; n += 1) history.addLogLine(`line ${n}`, 'i1');
  expect(told).toHaveLength(1 + 201);
});

test('API keys are shown nowhere', () => {
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

test('a run without a page keeps nothing', () => {
  const idle = new History();
  idle.addLogLine('x', 'i1');
  idle.addRequest(requestOf(invocationOf(1)));
  expect(idle.list()).toEqual([]);
});

test('it is cheap: a request does not read what it keeps', () => {
  const text = 'x'.repeat(64 * 1024);
  const began = performance.now();
  for (let n = 0; n < 20_000; n += 1) history.addRequest(requestOf(invocationOf(n, text, text)));
  const each = ((performance.now() - began) / 20_000) * 1000;
  console.info(`${each.toFixed(1)} µs a request`);
  expect(each).toBeLessThan(100);
});
