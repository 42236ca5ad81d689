/** What each route needs of DynamoDB. The stack grants exactly this. */
import type { Api, HandlerRoute, ListRoute, OperationRoute, Route, TableCall } from './api';
import { givenFields, isOperation, keyFields, splitRoute } from './model';

export type Action = `dynamodb:${string}`;

/** Actions on the table, and the indexes that the route queries. */
export interface RouteNeeds {
  readonly tableActions: readonly Action[];
  /** Names of indexes on which the route needs `dynamodb:Query`. */
  readonly indexes: readonly string[];
  /**
   * Those of the table actions that the route calls only after the answer to a write was lost: the SDK then writes again, and
   * the function reads the item to tell its own write from another. `npm run iam` cannot provoke it. @default none
   */
  readonly afterLostAnswer?: readonly Action[];
  /** Actions that are granted on the table and all indexes together, although the route may use only some. @default none */
  readonly grantedTogether?: readonly Action[];
}

const TABLE_CALLS: Readonly<Record<TableCall, Action>> = {
  get: 'dynamodb:GetItem',
  query: 'dynamodb:Query',
  scan: 'dynamodb:Scan',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
};

/** @param routeKey method and path, a name in the contract's `routes` */
export function needsOf(api: Api, routeKey: string): RouteNeeds {
  const route = (api.routes as Readonly<Record<string, Route>>)[routeKey];
  if (!route) throw new Error(`The contract ${api.name} has no route ${routeKey}`);
  if (!isOperation(route)) return handlerNeeds(api, route);
  if (route.operation !== 'list') return operationNeeds(api, route);
  if (route.index !== undefined) return { tableActions: [], indexes: [route.index] };
  return { tableActions: [listsPartition(api, routeKey, route) ? 'dynamodb:Query' : 'dynamodb:Scan'], indexes: [] };
}

/** A handler that queries can query the table and all indexes. */
function handlerNeeds({ indexes = {} }: Api, { table = [], actions = [] }: HandlerRoute): RouteNeeds {
  const tableActions = [...new Set([...table.map((call) => TABLE_CALLS[call]), ...actions])];
  if (!table.includes('query')) return { tableActions, indexes: [] };
  return { tableActions, indexes: Object.keys(indexes), grantedTogether: [TABLE_CALLS.query] };
}

/** Whether the request gives the partition of the list, so that the list is a Query; otherwise it is a Scan. */
export function listsPartition(api: Api, routeKey: string, { index }: ListRoute): boolean {
  if (index !== undefined) return true;
  const [partition = ''] = keyFields(api.key);
  return givenFields(api, splitRoute(routeKey).path).includes(partition);
}

function operationNeeds(api: Api, route: OperationRoute): RouteNeeds {
  const needs = { tableActions: tableActions(api, route), indexes: [] };
  const reads = route.operation === 'update' || (route.operation === 'create' && route.idempotency);
  const isRead = (action: Action) => action === 'dynamodb:GetItem';
  if (reads || route.operation === 'read' || !needs.tableActions.some(isRead)) return needs;
  return { ...needs, afterLostAnswer: needs.tableActions.filter(isRead) };
}

function tableActions(api: Api, route: OperationRoute): readonly Action[] {
  // The tutorial's operations are single calls without conditions.
  const isTutorial = api.answers !== undefined;
  switch (route.operation) {
    case 'put':
      return ['dynamodb:PutItem'];
    case 'create':
      // GetItem tells whether an earlier try of the same request took the key.
      return ['dynamodb:PutItem', 'dynamodb:GetItem'];
    case 'read':
      return ['dynamodb:GetItem'];
    case 'increment':
      return ['dynamodb:UpdateItem'];
    case 'replace':
    case 'update':
      return ['dynamodb:GetItem', 'dynamodb:UpdateItem'];
    case 'delete':
      // GetItem tells whether an earlier try, whose answer was lost, deleted the item.
      return isTutorial ? ['dynamodb:DeleteItem'] : ['dynamodb:DeleteItem', 'dynamodb:GetItem'];
    case 'list':
      throw new Error('needsOf handles lists');
  }
}
