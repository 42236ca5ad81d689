/** Calls DynamoDB for the CRUD operations. */
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../dynamodb/client';
import { grantedTables } from '../dynamodb/granted-tables';
import type { Query } from './query';

export type Item = Record<string, unknown>;

export interface Page {
  readonly items: readonly Item[];
  /** The last id of this page. Undefined on the last page. */
  readonly lastId?: string;
}

export class Table {
  /** @param key the partition key, a string attribute */
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly name: string,
    readonly key: string,
  ) {}

  /** Makes a Table for the first table that the stack granted. Call it at cold start: all invocations then share one client. */
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
   * Reads one page. To detect a next page, it reads one item more than the limit: DynamoDB returns a LastEvaluatedKey
   * when it stops at a limit, even after the last item.
   */
  async scan({ limit, after }: Query): Promise<Page> {
    const { Items: found = [], LastEvaluatedKey: lastEvaluated } = await this.client.send(
      new ScanCommand({
        TableName: this.name,
        ...(limit !== undefined && { Limit: limit + 1 }),
        ...(after !== undefined && { ExclusiveStartKey: { [this.key]: after } }),
      }),
    );
    const items = limit === undefined ? found : found.slice(0, limit);
    // When the page contains all items found, the next page starts after LastEvaluatedKey. LastEvaluatedKey need not be the
    // key of an item on the page.
    const last = items.length < found.length ? items.at(-1) : lastEvaluated;
    return { items, ...(last && { lastId: last[this.key] as string }) };
  }
}
