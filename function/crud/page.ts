/** Reads one page of items from the table or an index: a Query of a partition, or a Scan. */
import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type Model, keyFields } from '../contract/model';
import { aliveExpression } from './condition';
import { Expression } from './expression';
import { isExpired, type Item } from './item';
import { isEmptyRange, isInRange, type SortRange } from './sort-range';
import type { Store } from './store';

/** Selects the items of a list. */
export interface Selection {
  /** Name of the index. @default the table */
  readonly index?: string | undefined;
  /** Field and value of the partition key. @default all partitions, with a Scan */
  readonly partition?: readonly [field: string, value: unknown] | undefined;
  /** Field and range of the sort key. @default all of the partition */
  readonly sort?: readonly [field: string, range: SortRange] | undefined;
  /** Fields and the values that they must have. */
  readonly filters: readonly (readonly [field: string, value: unknown])[];
  /** Whether the order by the sort key is descending. @default false */
  readonly isDescending?: boolean;
}

export interface Page {
  readonly items: readonly Item[];
  /** The key after which the next page starts. Undefined on the last page. */
  readonly last: Item | undefined;
}

/**
 * Reads one page.
 * @param limit maximum number of items that DynamoDB reads, before it filters them
 * @param after the key after which the page starts @default the start of the list
 */
export async function readPage(store: Store, selection: Selection, limit: number, after?: Item): Promise<Page> {
  const { index, partition, sort, filters, isDescending = false } = selection;
  if (sort && isEmptyRange(sort[1])) return { items: [], last: undefined };
  const { client, tableName, model } = store;
  const expression = new Expression();
  const conditions = filters.map(([name, value]) => expression.compare(name, '=', value));
  if (model.ttl !== undefined && !isQueriedBy(model.ttl, selection, model)) {
    conditions.push(aliveExpression(model.ttl, expression));
  }
  const keyCondition = partition && keyConditionExpression(partition, sort, expression);
  const input = {
    TableName: tableName,
    Limit: limit,
    ...(index !== undefined && { IndexName: index }),
    ...(conditions.length > 0 && { FilterExpression: conditions.join(' AND ') }),
    ...(after && { ExclusiveStartKey: after }),
    ...expression.attributes,
  };
  const { Items: found = [], LastEvaluatedKey: last } =
    keyCondition === undefined
      ? await client.send(new ScanCommand(input))
      : await client.send(
          new QueryCommand({ ...input, KeyConditionExpression: keyCondition, ScanIndexForward: !isDescending }),
        );
  const isListed = (item: Item) => !isExpired(item, model) && (!sort || isInRange(item[sort[0]], sort[1]));
  return { items: found.filter(isListed), last };
}

/** Whether the field is in the key of the queried table or index. DynamoDB refuses filters on these fields. */
function isQueriedBy(field: string, { index, partition }: Selection, { keys, api }: Model): boolean {
  if (!partition) return false;
  return (index === undefined ? keys : keyFields(api.indexes?.[index]?.key ?? '')).includes(field);
}

function keyConditionExpression(
  [field, value]: NonNullable<Selection['partition']>,
  sort: Selection['sort'],
  expression: Expression,
): string {
  const partition = expression.compare(field, '=', value);
  if (!sort) return partition;
  const [name, { from, to }] = sort;
  if (from && to) {
    const bounds = `${expression.value(from.value)} AND ${expression.value(to.value)}`;
    return `${partition} AND ${expression.name(name)} BETWEEN ${bounds}`;
  }
  if (from) return `${partition} AND ${expression.compare(name, from.isOpen ? '>' : '>=', from.value)}`;
  return to ? `${partition} AND ${expression.compare(name, to.isOpen ? '<' : '<=', to.value)}` : partition;
}
