/** System `items` when DynamoDB fails: errors that the caller does not cause. */
import { items } from '../../function/items/contract';
import type { FaultyDynamodb } from '../support/dynamodb';
import { type FaultyRun, startFaultyRun } from '../support/faulty-run';
import { send, sendJson } from '../support/http';
import type { LocalRun } from '../support/local-run';
import { nameOf } from '../support/names';
import { expectProblem } from '../support/problem';

const item = { id: 'abcdef234', price: 12345, name: 'myitem' };

let all: FaultyRun;
let run: LocalRun;
let url: string;
let faulty: FaultyDynamodb;

beforeAll(async () => {
  all = await startFaultyRun(nameOf('http-crud-tutorial', 'items'));
  ({ run, faulty } = all);
  url = run.outputs[items.name]?.['url'] as string;
});

afterAll(() => all.stop());

test.each([
  [{ status: 400, type: 'ProvisionedThroughputExceededException', message: 'The level of configured ...' }],
  [{ status: 400, type: 'ThrottlingException', message: 'Rate of requests exceeds the allowed throughput.' }],
  [{ status: 400, type: 'RequestLimitExceeded', message: 'Throughput exceeds the current limit for your account.' }],
  [{ status: 500, type: 'InternalServerError', message: 'The request processing has failed.' }],
  [{ status: 503, type: 'ServiceUnavailable' }],
  ['reset' as const],
  ['hang' as const],
])('answers 503 with Retry-After after three tries that fail with %j', async (fault) => {
  faulty.fail(fault);
  const answer = await send(url, 'GET', '/items/a');
  expectProblem(answer, 503);
  expect(answer.headers['retry-after']).toBe('1');
  expect(faulty.calls()).toBe(3);
  faulty.heal();
});

test('answers 200 when the third try succeeds after two throttled tries', async () => {
  faulty.fail({ status: 400, type: 'ThrottlingException' }, 2);
  expect((await sendJson(url, 'PUT', '/items', item)).status).toBe(200);
  faulty.heal();
});

test('answers 409 when a condition fails', async () => {
  faulty.fail({ status: 400, type: 'ConditionalCheckFailedException', message: 'The conditional request failed' });
  expectProblem(await send(url, 'DELETE', '/items/a'), 409);
  faulty.heal();
});

test('answers 500 to an unexpected error, and logs one line with the error and the same request id', async () => {
  const message = 'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: dynamodb:GetItem';
  faulty.fail({ status: 400, type: 'AccessDeniedException', message });
  const answer = await send(url, 'GET', '/items/unforeseen');
  expectProblem(answer, 500);
  const { requestId } = answer.json as { requestId: string };
  expect(answer.headers['apigw-requestid']).toBe(requestId);
  await run.prints(new RegExp(`GET +/items/unforeseen.* 500`));
  await run.prints(new RegExp(`"request_id":"${requestId}"`));
  const lines = run
    .printed()
    .split('\n')
    .filter((line) => line.includes(`"request_id":"${requestId}"`));
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0]?.slice(lines[0].indexOf('{')) ?? '') as Record<string, unknown>;
  expect(line).toMatchObject({
    level: 'ERROR',
    service: 'items',
    route: 'GET /items/{id}',
    status: 500,
    duration_ms: expect.any(Number),
    cold_start: expect.any(Boolean),
    function_request_id: expect.any(String),
    error: { name: 'AccessDeniedException', message },
  });
  faulty.heal();
});
