/** Derives the DynamoDB permissions that each route needs. The stack grants exactly these. */
import type { Api, HandlerRoute, ListRoute, OperationRoute, Route, TableCall } from './api';
import { pathAndClaimFields, isOperation, keyFields, splitRoute } from './model';

export type Action = `dynamodb:${string}`;

/** Actions on the table, and the indexes that the route queries. */
export interface RouteNeeds {
  readonly tableActions: readonly Action[];
  /** Names of indexes on which the route needs `dynamodb:Query`. */
  readonly indexes: readonly string[];
  /**
   * The table actions that the route calls only in cases that no session of `npm run iam` has: after the answer to a write was
   * lost, the function reads the item to find out whether the first attempt succeeded; and it reads the item to refuse a write
   * with `If-None-Match: *`. @default none
   */
  readonly afterLostAnswer?: readonly Action[];
  /**
   * Actions that the stack grants on the table and all indexes, although the route may use only some of them.
   * @default none
   */
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

/** Returns the permissions that a route needs. @param routeKey method and path, a key of the contract's `routes` */
export function needsOf(api: Api, routeKey: string): RouteNeeds {
  const route = (api.routes as Readonly<Record<string, Route>>)[routeKey];
  if (!route) throw new Error(`The contract ${api.name} has no route ${routeKey}`);
  if (!isOperation(route)) return handlerNeeds(api, route);
  if (route.operation !== 'list') return operationNeeds(api, route);
  if (route.index !== undefined) return { tableActions: [], indexes: [route.index] };
  return { tableActions: [listsPartition(api, routeKey, route) ? 'dynamodb:Query' : 'dynamodb:Scan'], indexes: [] };
}

/** A handler with the call `query` may query the table and all indexes. */
function handlerNeeds({ indexes = {} }: Api, { table = [], actions = [] }: HandlerRoute): RouteNeeds {
  const tableActions = [...new Set([...table.map((call) => TABLE_CALLS[call]), ...actions])];
  if (!table.includes('query')) return { tableActions, indexes: [] };
  return { tableActions, indexes: Object.keys(indexes), grantedTogether: [TABLE_CALLS.query] };
}

/** Whether the list is a Query: the request contains the partition key. Otherwise the list is a Scan. */
export function listsPartition(api: Api, routeKey: string, { index }: ListRoute): boolean {
  if (index !== undefined) return true;
  const [partition = ''] = keyFields(api.key);
  return pathAndClaimFields(api, splitRoute(routeKey).path).includes(partition);
}

function operationNeeds(api: Api, route: OperationRoute): RouteNeeds {
  const needs = { tableActions: tableActions(api, route), indexes: [] };
  const alwaysReads = route.operation === 'update' || (route.operation === 'create' && route.idempotency);
  const isRead = (action: Action) => action === 'dynamodb:GetItem';
  if (alwaysReads || route.operation === 'read' || !needs.tableActions.some(isRead)) return needs;
  return { ...needs, afterLostAnswer: needs.tableActions.filter(isRead) };
}

function tableActions(api: Api, route: OperationRoute): readonly Action[] {
  // The tutorial's operations are single calls without conditions.
  const isTutorial = api.answers !== undefined;
  switch (route.operation) {
    case 'put':
      return ['dynamodb:PutItem'];
    case 'create':
      // With GetItem, the route detects that an earlier attempt of the same request created the item.
      return ['dynamodb:PutItem', 'dynamodb:GetItem'];
    case 'read':
      return ['dynamodb:GetItem'];
    case 'increment':
      return ['dynamodb:UpdateItem'];
    case 'replace':
    case 'update':
      return ['dynamodb:GetItem', 'dynamodb:UpdateItem'];
    case 'delete':
      // With GetItem, the route detects that an earlier attempt, whose answer was lost, deleted the item.
      return isTutorial ? ['dynamodb:DeleteItem'] : ['dynamodb:DeleteItem', 'dynamodb:GetItem'];
    case 'list':
      throw new Error('needsOf handles lists');
  }
}
