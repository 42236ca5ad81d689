/** The documented session of each API, by stack name. */
import { randomUUID } from 'node:crypto';
import { type Session, SessionError, type Step } from './session';

/** Id of the items of this run. Other items in the tables stay unchanged. */
const RUN_ID = `smoke-${randomUUID()}`;

interface Crud {
  readonly collection: string;
  readonly methods: readonly string[];
  readonly item: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly put: string;
  readonly deleted: string;
}

/** Makes the session of a CRUD API. */
function crudSession({ collection, methods, item, put, deleted }: Crud): Step[] {
  const itemPath = `${collection}/${item.id}`;
  return [
    ...methods.map((method): Step => {
      return { method, path: collection, body: item, status: 200, answer: `${put} ${item.id}` };
    }),
    { method: 'GET', path: itemPath, status: 200, answer: { Item: item } },
    { method: 'GET', path: `${collection}?limit=1`, status: 200, answer: isListOfOne },
    {
      method: methods[0] ?? '',
      path: collection,
      body: { id: item.id, colour: 'red' },
      status: 400,
      answer: isProblem,
    },
    { method: 'DELETE', path: itemPath, status: 200, answer: `${deleted} ${item.id}` },
    { method: 'GET', path: itemPath, status: 404, answer: isProblem },
    { method: 'DELETE', path: itemPath, status: 200, cleanUp: true },
  ];
}

function managerSession({ api_key: key, table_name: tableName }: Readonly<Record<string, unknown>>): Step[] {
  if (typeof key !== 'string' || typeof tableName !== 'string') {
    throw new SessionError(
      'the outputs api_key and table_name are missing. The key is sensitive: cdktf deploy writes it with --outputs-file-include-sensitive-outputs.',
    );
  }
  const path = '/dynamodbmanager';
  const headers = { 'x-api-key': key };
  const Item = { id: RUN_ID, number: 5 };
  const Key = { id: RUN_ID };
  const call = (operation: string, payload: unknown, answer: unknown, status = 200): Step => {
    const body = { operation, tableName, payload };
    return { method: 'POST', path, label: operation, headers, body, status, answer };
  };
  const update = {
    Key,
    UpdateExpression: 'SET #n = :n',
    ExpressionAttributeNames: { '#n': 'number' },
    ExpressionAttributeValues: { ':n': 6 },
    ReturnValues: 'ALL_NEW',
  };
  return [
    {
      method: 'POST',
      path,
      label: 'ping without the key',
      body: { operation: 'ping' },
      status: 403,
      answer: { message: 'Forbidden' },
    },
    { method: 'POST', path, label: 'ping', headers, body: { operation: 'ping' }, status: 200, answer: 'pong' },
    {
      method: 'POST',
      path,
      label: 'echo',
      headers,
      body: { operation: 'echo', payload: { a: 1 } },
      status: 200,
      answer: { a: 1 },
    },
    call('create', { Item }, {}),
    call('read', { Key }, { Item }),
    call('update', update, { Attributes: { ...Item, number: 6 } }),
    call('list', { Limit: 1 }, isListOfOne),
    call('list', { TableName: 'other' }, isProblem, 400),
    {
      method: 'POST',
      path,
      label: 'read from another table',
      headers,
      body: { operation: 'read', tableName: `${RUN_ID}-other`, payload: { Key } },
      status: 403,
      answer: isProblem,
    },
    call('delete', { Key }, {}),
    call('read', { Key }, {}),
    { ...call('delete', { Key }, undefined), cleanUp: true },
  ];
}

/** Accepts a list of at most one item. The list can be empty, because other callers may delete items. */
function isListOfOne(json: unknown): string | undefined {
  const { Items: items, Count: count, ScannedCount: scanned } = (json ?? {}) as Record<string, unknown>;
  const isValid = Array.isArray(items) && items.length <= 1 && count === items.length && scanned === items.length;
  return isValid
    ? undefined
    : `expected Items, Count and ScannedCount of at most one item, got ${JSON.stringify(json)}`;
}

function isProblem(json: unknown): string | undefined {
  const { title, status, detail } = (json ?? {}) as Record<string, unknown>;
  const isValid = typeof title === 'string' && typeof status === 'number' && typeof detail === 'string';
  return isValid ? undefined : `expected a problem (RFC 9457), got ${JSON.stringify(json)}`;
}

export const sessions: Readonly<Record<string, Session>> = {
  items: () =>
    crudSession({
      collection: '/items',
      methods: ['PUT'],
      item: { id: RUN_ID, price: 12345, name: 'myitem' },
      put: 'Put item',
      deleted: 'Deleted item',
    }),
  manager: managerSession,
  products: () =>
    crudSession({
      collection: '/product',
      methods: ['POST', 'PUT'],
      item: { id: RUN_ID, title: 'IPhone', description: 'This is an IPhone', price: 900 },
      put: 'Added/Updated product',
      deleted: 'Deleted product',
    }),
};
