/** Reports of calls, from the guard's side and from the run's, without threads between. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { DynamodbCall } from '../../../../src/model/dynamodb-call';
import { CallLog, CallReports } from '../../../../src/services/dynamodb/guard/call-log';
import { SharedTexts } from '../../../../src/services/lambda/shared-texts';

const callOf = (came: number, operation = 'GetItem'): DynamodbCall => ({
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

let ports: MessagePort[];
let reports: CallReports;
let log: CallLog;
let told: DynamodbCall[];

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  const { shared } = new SharedTexts();
  ports = [port1, port2];
  told = [];
  reports = new CallReports({ port: port2, shared });
  log = new CallLog({ port: port1, shared }, (call) => told.push(call));
});

afterEach(() => ports.forEach((port) => port.close()));

test('calls that the memory does not hold come by message, after those that it holds', () => {
  for (let came = 0; came < 5000; came += 1) reports.add(callOf(came));
  const taken = log.take('key');
  expect(taken.map(({ came }) => came)).toEqual(Array.from({ length: 5000 }, (_, came) => came));
  expect(told).toHaveLength(5000);
});

test('a call that an invocation did not wait for is not of the next one', () => {
  reports.add(callOf(1));
  expect(log.take('key', 3)).toHaveLength(1);
  // It had come before the end, and was decided after it.
  reports.add(callOf(2, 'PutItem'));
  reports.add(callOf(4, 'Query'));
  expect(log.take('key', 5).map(({ operation }) => operation)).toEqual(['Query']);
});

test('one that came after the end is', () => {
  for (const came of [1, 2, 3]) reports.add(callOf(came));
  expect(log.take('key', 2)).toHaveLength(2);
  expect(log.take('key', 9).map(({ came }) => came)).toEqual([3]);
  expect(log.take('key')).toEqual([]);
});
