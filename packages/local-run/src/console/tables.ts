/** Items of a table, a page at a time, read directly from DynamoDB, without IAM: for looking. */
import type { TableDeployment } from '../model/deployment';
import { askDynamodb } from '../services/dynamodb/tables';

export interface TablePage {
  readonly table: string;
  /** In DynamoDB's JSON: `{"id":{"S":"a"}}`. Its numbers are text, and so all their digits are here. */
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** Asks for what follows; absent on the last page. */
  readonly next?: string;
}

export interface PageAsked {
  /** 1 to 100. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly start?: string | undefined;
}

/** DynamoDB did not like the question; its own words. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

export async function tablePage(
  endpoint: string,
  { name }: TableDeployment,
  { limit, start }: PageAsked,
): Promise<TablePage> {
  const { status, body } = await askDynamodb(endpoint, 'Scan', {
    TableName: name,
    Limit: limit,
    ...(start !== undefined && { ExclusiveStartKey: keyOf(start) }),
  });
  if (status !== 200) throw new TableError(`DynamoDB: ${JSON.stringify(body['message'] ?? status)}`);
  const { Items, LastEvaluatedKey } = body as { Items?: TablePage['items']; LastEvaluatedKey?: object };
  return {
    table: name,
    items: Items ?? [],
    ...(LastEvaluatedKey && { next: Buffer.from(JSON.stringify(LastEvaluatedKey)).toString('base64url') }),
  };
}

function keyOf(start: string): unknown {
  try {
    return JSON.parse(Buffer.from(start, 'base64url').toString());
  } catch {
    throw new TableError(`start: saw ${start}; allowed is what the page before has as next.`);
  }
}
