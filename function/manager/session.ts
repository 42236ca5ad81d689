/** The session of `manager` for `npm run smoke` and `npm run iam`: every operation, with and without the key. */
import { randomUUID } from 'node:crypto';
import { isProblem, isTutorialListOfOne } from '../../scripts/smoke/difference';
import { type Session, SessionError, type Step } from '../../scripts/smoke/step';

/** Id of the items of this run. Other items in the tables stay unchanged. */
const RUN_ID = `smoke-${randomUUID()}`;

export const session: Session = ({ api_key: key, table_name: tableName }) => {
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
    call('list', { Limit: 1 }, isTutorialListOfOne),
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
};
