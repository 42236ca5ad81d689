/** The operations by which DynamoDB counts the errors and throttles of an API's table. */
import type { Api } from '../../function/contract/api';
import { type ContractRoute, isHandler, routesOf } from '../../function/contract/model';
import { needsOf } from '../../function/contract/needs';

/** Actions of IAM that are operations of DynamoDB's metrics, too. */
const OPERATIONS = [
  ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
];

/** Operations that IAM authorizes by other actions: transactions, and statements of PartiQL. Only handlers can call them. */
const HANDLER_OPERATIONS: Readonly<Record<string, RegExp>> = {
  TransactGetItems: /^GetItem$/,
  TransactWriteItems: /^(PutItem|UpdateItem|DeleteItem|ConditionCheckItem)$/,
  ExecuteStatement: /^PartiQL/,
  BatchExecuteStatement: /^PartiQL/,
  ExecuteTransaction: /^PartiQL/,
};

/**
 * Returns the operations that the contract's routes may call on the table and its indexes, such as `GetItem` (DynamoDB developer guide,
 * "DynamoDB metrics and dimensions", dimension `Operation`).
 */
export function tableOperationsOf(contract: Api): readonly string[] {
  const called = new Set(routesOf(contract).flatMap((route) => operationsOf(contract, route)));
  return [...OPERATIONS, ...Object.keys(HANDLER_OPERATIONS)].filter((operation) => called.has(operation));
}

function operationsOf(contract: Api, { routeKey, route }: ContractRoute): string[] {
  const { tableActions, indexes } = needsOf(contract, routeKey);
  const actions = tableActions.map((action) => action.replace('dynamodb:', ''));
  const others = Object.entries(HANDLER_OPERATIONS)
    .filter(([, pattern]) => isHandler(route) && actions.some((action) => pattern.test(action)))
    .map(([operation]) => operation);
  return [...actions, ...others, ...(indexes.length > 0 ? ['Query'] : [])];
}
