import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { DynamodbCall } from '../../../../src/model/dynamodb-call';
import { CallLog } from '../../../../src/services/dynamodb/guard/call-log';

const callAt = (came: number, operation = 'GetItem'): DynamodbCall => ({
  accessKeyId: 'key',
  functionName: 'f',
  roleArn: 'r',
  operation,
  decision: 'allowed',
  parts: [],
  status: 200,
  came,
  milliseconds: 1,
});

let guardPort: MessagePort;
let log: CallLog;
let seen: DynamodbCall[];

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  guardPort = port2;
  seen = [];
  log = new CallLog(port1, (call) => seen.push(call));
});

afterEach(() => guardPort.close());

test('takes calls in the order in which they were reported', () => {
  for (let came = 0; came < 5000; came += 1) guardPort.postMessage(callAt(came));
  const taken = log.take('key');
  expect(taken.map(({ came }) => came)).toEqual(Array.from({ length: 5000 }, (_, came) => came));
  expect(seen).toHaveLength(5000);
});

test('takes no calls of another access key', () => {
  guardPort.postMessage(callAt(1));
  expect(log.take('other')).toEqual([]);
  expect(log.take('key')).toHaveLength(1);
});

test('drops a call that came before the end of an invocation and was reported after it', () => {
  guardPort.postMessage(callAt(1));
  expect(log.take('key', 3)).toHaveLength(1);
  guardPort.postMessage(callAt(2, 'PutItem'));
  guardPort.postMessage(callAt(4, 'Query'));
  expect(log.take('key', 5).map(({ operation }) => operation)).toEqual(['Query']);
});

test('leaves a call that came after the end of an invocation to the next one', () => {
  for (const came of [1, 2, 3]) guardPort.postMessage(callAt(came));
  expect(log.take('key', 2)).toHaveLength(2);
  expect(log.take('key', 9).map(({ came }) => came)).toEqual([3]);
  expect(log.take('key')).toEqual([]);
});
