/** Every operation of DynamoDB's API is either served or refused with a reason. */
import * as sdk from '@aws-sdk/client-dynamodb';
import {
  notServedReason,
  REFUSED_OPERATIONS,
  SERVED_OPERATIONS,
} from '../../../../src/services/dynamodb/guard/operations';
import { isKnownOperation } from '../../../../src/services/dynamodb/guard/permissions';
import { failure, guardedTable } from '../../../support/guarded-table';

const refused = Object.values(REFUSED_OPERATIONS).flat();

test('all operations of the SDK are in one of the two lists', () => {
  const operations = Object.keys(sdk)
    .filter((name) => /^[A-Z]\w+Command$/.test(name))
    .map((name) => name.replace(/Command$/, ''));
  expect([...SERVED_OPERATIONS, ...refused].sort()).toEqual(operations.sort());
});

test('the guard knows the permissions of all served operations', () => {
  expect([...SERVED_OPERATIONS].filter((operation) => !isKnownOperation(operation))).toEqual([]);
});

test('names what the local run lacks', () => {
  expect(notServedReason('ExecuteStatement')).toBe(
    'the local run does not support the operation ExecuteStatement: it has no PartiQL: use GetItem, PutItem, UpdateItem, ' +
      'DeleteItem, Query, batches or transactions',
  );
  expect(notServedReason('DescribeLimits')).toMatch(/: it has no account limits and no further endpoints$/);
});

describe('over the wire', () => {
  const table = guardedTable('dynalite');

  test.each([
    ['ExecuteStatement', new sdk.ExecuteStatementCommand({ Statement: 'SELECT * FROM pets' })],
    [
      'BatchExecuteStatement',
      new sdk.BatchExecuteStatementCommand({ Statements: [{ Statement: 'SELECT * FROM pets' }] }),
    ],
    [
      'ExecuteTransaction',
      new sdk.ExecuteTransactionCommand({ TransactStatements: [{ Statement: 'SELECT * FROM pets' }] }),
    ],
    ['DescribeContinuousBackups', new sdk.DescribeContinuousBackupsCommand({ TableName: 'pets' })],
    ['DescribeLimits', new sdk.DescribeLimitsCommand()],
  ] as const)('refuses %s, and never reports it as allowed', async (operation, command) => {
    await table.setPolicy({ Action: '*', Resource: '*' });
    const client = table.client();
    const reason = expect.stringContaining(`does not support the operation ${operation}: it has no`) as string;
    expect(await failure(client.send(command as sdk.DescribeLimitsCommand))).toMatchObject({
      ...{ name: 'UnknownOperationException', status: 400, message: reason },
    });
    client.destroy();
    // Receives the pending reports.
    table.guarded.takeCalls('');
    expect(table.calls.at(-1)).toMatchObject({ operation, decision: 'refused', reason });
  });
});
