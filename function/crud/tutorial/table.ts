/** The DynamoDB calls of the tutorial's operations. */
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Model } from '../../contract/model';
import type { Item } from '../item';
import type { RouteSetup } from '../operation';
import type { Query } from './query';

export interface Page {
  readonly items: readonly Item[];
  /** The last id of this page. Undefined on the last page. */
  readonly lastId?: string;
}

/** The words of the contract's `answers`. */
export function answerWords({ api }: Model): { readonly put: string; readonly delete: string } {
  // The checks at synth refuse such a contract, so the deployment is faulty.
  if (!api.answers) throw new Error(`The contract ${api.name} has no answers. Use the operations of crud/operations.`);
  return api.answers;
}

export class TutorialTable {
  private readonly client: DynamoDBDocumentClient;
  private readonly name: string;
  /** The partition key, a string attribute. */
  readonly key: string;

  constructor({ client, tableName, model }: Pick<RouteSetup, 'client' | 'tableName' | 'model'>) {
    this.client = client;
    this.name = tableName;
    this.key = model.keys[0] ?? '';
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
