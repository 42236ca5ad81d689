/** The operations by which alarms and the dashboard count the errors of a table. */
import { tableOperationsOf } from '../../constructs/monitoring/table-operations';
import type { Api } from '../../function/contract/api';
import { orders } from '../support/contracts';
import { synth } from '../support/synth';

const withHandler = (route: object): Api => ({
  ...orders,
  indexes: {},
  routes: { 'POST /jobs': { handler: 'run', responses: { 204: { description: 'Done' } }, ...route } },
});

test('operations make no transactions, so only the actions of their routes count', () => {
  expect(tableOperationsOf(orders)).toEqual(['GetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem']);
});

test.each<[object, string[]]>([
  [{}, []],
  [{ table: ['get'] }, ['GetItem', 'TransactGetItems']],
  [{ table: ['query'] }, ['Query']],
  [{ actions: ['dynamodb:PutItem'] }, ['PutItem', 'TransactWriteItems']],
  [{ actions: ['dynamodb:UpdateItem'] }, ['UpdateItem', 'TransactWriteItems']],
  [{ actions: ['dynamodb:DeleteItem'] }, ['DeleteItem', 'TransactWriteItems']],
  // DynamoDB has no operation ConditionCheckItem.
  [{ actions: ['dynamodb:ConditionCheckItem'] }, ['TransactWriteItems']],
  [{ actions: ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'] }, ['BatchGetItem', 'BatchWriteItem']],
  [{ actions: ['dynamodb:PartiQLInsert'] }, ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction']],
  [{ actions: ['dynamodb:DescribeTable'] }, []],
])('a handler with %j may cause %j', (route, operations) => {
  expect(tableOperationsOf(withHandler(route))).toEqual(operations);
});

test('a table with more than 10 operations has a second alarm for the others', () => {
  const names = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];
  const actions = [...names, 'PartiQLSelect'].map((name) => `dynamodb:${name}`);
  const stack = synth(withHandler({ actions }), { alarmEmail: 'ops@example.com' });
  const alarms = stack.resource['aws_cloudwatch_metric_alarm'] ?? {};
  const watched = (name: string) =>
    (alarms[name]?.metric_query as { readonly metric?: { readonly dimensions: Record<string, string> } }[]).flatMap(
      ({ metric }) => metric?.dimensions['Operation'] ?? [],
    );
  const [first, second] = [watched('dynamodb_throttled_requests'), watched('dynamodb_throttled_requests_2')];
  expect(first).toHaveLength(10);
  expect([...first, ...second]).toEqual(tableOperationsOf(withHandler({ actions })));
  expect(alarms['dynamodb_throttled_requests_2']?.alarm_name).toBe('orders-throttles-2');
});
