import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { DynamodbCall } from '../../../../src/model/dynamodb-call';
import { CallLog } from '../../../../src/services/dynamodb/guard/call-log';

const callOf = (milliseconds: number): DynamodbCall => ({
  accessKeyId: 'key',
  functionName: 'f',
  roleArn: 'r',
  operation: 'GetItem',
  decision: 'allowed',
  parts: [],
  status: 200,
  milliseconds,
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

test('returns calls in the order of their reports', () => {
  for (let milliseconds = 0; milliseconds < 5000; milliseconds += 1) guardPort.postMessage(callOf(milliseconds));
  const taken = log.take('key');
  expect(taken.map(({ milliseconds }) => milliseconds)).toEqual(
    Array.from({ length: 5000 }, (_, milliseconds) => milliseconds),
  );
  expect(seen).toHaveLength(5000);
});

test('returns the calls of an access key once, and no calls of other access keys', () => {
  guardPort.postMessage(callOf(1));
  expect(log.take('other')).toEqual([]);
  expect(log.take('key')).toHaveLength(1);
  expect(log.take('key')).toEqual([]);
});
