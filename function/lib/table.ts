/** The four things that CRUD APIs do with a DynamoDB table. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { requiredEnvironment } from './environment';
import { fromDynamoDb } from './json';
import type { Query } from './query';

export type Item = Record<string, unknown>;

export interface Page {
  readonly items: readonly Item[];
  /** Whether the table goes on after the last of them. */
  readonly more: boolean;
}

export class Table {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly name: string,
    /** The partition key, a string. */
    readonly key: string,
  ) {}

  /** The table that the stack granted; one client, made once at cold start, serves all invocations. */
  static fromEnvironment(key: string): Table {
    return new Table(documentClient(), requiredEnvironment('TABLE_NAME'), key);
  }

  async put(item: Item): Promise<void> {
    await this.client.send(new PutCommand({ TableName: this.name, Item: item }));
  }

  async get(id: string): Promise<Item | undefined> {
    const { Item: item } = await this.client.send(new GetCommand({ TableName: this.name, Key: { [this.key]: id } }));
    return item;
  }

  async delete(id: string): Promise<void> {
    await this.client.send(new DeleteCommand({ TableName: this.name, Key: { [this.key]: id } }));
  }

  /**
   * One page of the table. With a limit one more item is read than asked for: DynamoDB gives
   * a LastEvaluatedKey whenever it stops at a limit, even after the last item.
   */
  async scan({ limit, after }: Query): Promise<Page> {
    const { Items: found = [], LastEvaluatedKey: last } = await this.client.send(
      new ScanCommand({
        TableName: this.name,
        ...(limit !== undefined && { Limit: limit + 1 }),
        ...(after !== undefined && { ExclusiveStartKey: { [this.key]: after } }),
      }),
    );
    const items = limit === undefined ? found : found.slice(0, limit);
    return { items, more: items.length < found.length || last !== undefined };
  }
}

/**
 * A call that hangs is given up while the caller still waits: three tries of 1.5 s with back-off
 * end within the function's least timeout (6 s, see stacks/settings.ts).
 */
function documentClient(): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
  });
  return DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers: fromDynamoDb } });
}
