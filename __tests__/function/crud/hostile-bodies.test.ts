/** Bodies that are made to cost time and memory are refused quickly. */
import { startApi, type TestApi } from '../../support/contract/api';
import { todos } from '../../support/contract/contracts';
import { operations } from '../../support/contract/operations';
import { fastestRun } from '../../support/cpu-time';

/** Just below the maximum size of a body. */
const BYTES = 1_999_000;
const MAX_CPU_MS = 1000;

let api: TestApi;
beforeAll(async () => {
  // More than the default, because the setting maxBodyBytes can be set to more.
  process.env['MAX_BODY_BYTES'] = '2000000';
  api = await startApi(todos, operations);
});
afterAll(async () => {
  delete process.env['MAX_BODY_BYTES'];
  await api.stop();
});

/** Repeats a text until it has about the maximum size of a body. */
const fill = (text: string) => text.repeat(BYTES / text.length);
const array = (item: string) => `{"title":"a","tags":[${fill(`${item},`)}${item}]}`;
const fields = (count: number, value: string) =>
  `{${Array.from({ length: count }, (_, at) => `"${at.toString(36)}":${value}`).join()}}`;

const TOO_MANY = /must have at most 100000 values/;

async function send(routeKey: string, body: string) {
  const created = await api.send('POST /todos', { body: { title: 'a' } });
  const path = routeKey.startsWith('POST') ? {} : { id: created.json.id as string };
  const { status, json } = await api.send(routeKey, { path, body });
  return { status, detail: json.detail as string };
}

describe.each(['POST /todos', 'PATCH /todos/{id}'])('%s', (routeKey) => {
  test.each<[string, string, RegExp]>([
    ['unknown fields', fields(170_000, '1'), TOO_MANY],
    ['99,000 unknown fields', fields(99_000, '"xxxxxxx"'), /has 9\d{4} faults/],
    ['numbers', array('1'), TOO_MANY],
    ['decimals', array('0.1'), TOO_MANY],
    ['90,000 numbers that no double holds', array(`1e-${'9'.repeat(18)}`), /at most 10 items/],
    ['numbers of 40 digits', array('1234567890'.repeat(4)), /at most 10 items/],
    ['empty arrays', array('[]'), TOO_MANY],
    ['nested arrays', array('['.repeat(90) + ']'.repeat(90)), TOO_MANY],
    ['deep arrays', `{"tags":${'['.repeat(99_000)}${']'.repeat(99_000)}}`, /nested too deeply/],
    ['deep objects', `${'{"place":'.repeat(99_000)}1${'}'.repeat(99_000)}`, /nested too deeply/],
    ['a long string', `{"title":"${fill('x')}"}`, /1 to 200 characters/],
    ['escapes', `{"title":"${fill('\\u0041')}"}`, /1 to 200 characters/],
    ['an unfinished string', `{"title":"${fill('x')}`, /must be JSON/],
    ['a long number', `{"title":"a","place":{"city":"b","floor":1${fill('0')}}}`, /stored exactly/],
    ['the same name with different values', `{${fill('"title":"a",')}"title":"b"}`, TOO_MANY],
  ])('refuses %s within 1 s of CPU time', async (_, body, message) => {
    const { result, ms } = await fastestRun(MAX_CPU_MS, () => send(routeKey, body));
    expect([result.status, result.detail]).toEqual([400, expect.stringMatching(message)]);
    expect(ms).toBeLessThan(MAX_CPU_MS);
  });

  test('a body of more than 2 MB is answered with 413', async () => {
    const { status, detail } = await send(routeKey, `{"title":"${'x'.repeat(2_000_000)}"}`);
    expect([status, detail]).toEqual([413, 'The body has 2000012 bytes. Send at most 2000000.']);
  });

  test('commas and brackets in strings do not count as values', async () => {
    const { status, detail } = await send(routeKey, `{"title":"${fill('[,{\\"')}"}`);
    expect([status, detail]).toEqual([400, expect.stringMatching(/1 to 200 characters/)]);
  });
});
