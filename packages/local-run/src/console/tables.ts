/** Reads the items of a table page by page, directly from DynamoDB, without IAM. */
import type { TableDeployment } from '../model/deployment';
import { callDynamodb } from '../services/dynamodb/client';
import { HttpError } from './responses';

export interface TablePage {
  readonly table: string;
  /** In DynamoDB's JSON: `{"id":{"S":"a"}}`. Numbers are strings, so they keep all digits. */
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** The `start` of the next page; absent on the last page. */
  readonly next?: string;
}

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

/**
 * Reads one page of a table.
 * @param query `limit`: items per page, 1 to 100; `start`: `next` of the previous page
 * @throws HttpError (400) when a parameter is not valid or DynamoDB refuses the scan
 */
export async function readTablePage(
  endpoint: string,
  { name }: TableDeployment,
  query: URLSearchParams,
): Promise<TablePage> {
  const start = query.get('start');
  const { status, body } = await callDynamodb(endpoint, 'Scan', {
    TableName: name,
    Limit: parseLimit(query.get('limit')),
    ...(start !== null && { ExclusiveStartKey: decodeCursor(start) }),
  });
  if (status !== 200) throw new HttpError(400, `DynamoDB: ${JSON.stringify(body['message'] ?? status)}`);
  const { Items, LastEvaluatedKey } = body as { Items?: TablePage['items']; LastEvaluatedKey?: object };
  return { table: name, items: Items ?? [], ...(LastEvaluatedKey && { next: encodeCursor(LastEvaluatedKey) }) };
}

function parseLimit(text: string | null): number {
  const limit = Number(text ?? DEFAULT_LIMIT);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new HttpError(400, `limit: saw ${text}; allowed is a whole number from 1 to ${MAX_LIMIT}.`);
}

function encodeCursor(key: object): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decodeCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new HttpError(400, `start: saw ${cursor}; send the value of next from the previous page.`);
  }
}
