/** System `manager` retries a call only when a second execution has the same result. */
import type { FaultyDynamodb } from '../support/dynamodb';
import { type FaultyRun, startFaultyRun } from '../support/faulty-run';
import type { LocalRun } from '../support/local-run';
import { post, TABLE, targetOf } from '../support/manager';

const Key = { id: '1234ABCD' };
const Item = { ...Key, number: 5 };

let all: FaultyRun;
let run: LocalRun;
let faulty: FaultyDynamodb;

beforeAll(async () => {
  all = await startFaultyRun(TABLE);
  ({ run, faulty } = all);
});

afterAll(() => all.stop());

/** The connection ends before the answer: DynamoDB may have executed the call. */
const lost = 'reset' as const;
const throttled = { status: 400, type: 'ThrottlingException' };
const update = { Key, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': 1 } };

test.each([
  ['does not retry an update whose answer was lost', 'update', update, lost, 1],
  [
    'does not retry a conditional write whose answer was lost',
    'create',
    { Item, ConditionExpression: 'attribute_not_exists(id)' },
    lost,
    1,
  ],
  ['tries the write of a whole item three times', 'create', { Item }, lost, 3],
  ['tries a read three times', 'read', { Key }, lost, 3],
  ['tries a throttled update three times', 'update', update, throttled, 3],
])('%s', async (_, operation, payload, fault, tries) => {
  faulty.fail(fault);
  const answer = await post(targetOf(run), { operation, tableName: TABLE, payload });
  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  expect(faulty.calls()).toBe(tries);
  faulty.heal();
});
