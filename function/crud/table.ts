/** The four things that CRUD APIs do with a DynamoDB table. */
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../dynamodb/document-client';
import { grantedTables } from '../http/environment';
import type { Query } from './query';

export type Item = Record<string, unknown>;

export interface Page {
  readonly items: readonly Item[];
  /** The id after which the table goes on; undefined when it does not. */
  readonly lastId?: string;
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
    return new Table(documentClient(), grantedTables()[0], key);
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
    // Where DynamoDB has a key for going on, and nothing was cut off, it need not be that of an item.
    const key = items.length < found.length ? items.at(-1) : last;
    return { items, ...(key && { lastId: key[this.key] as string }) };
  }
}
