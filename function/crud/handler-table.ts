/** Makes the second argument of a handler: an object with the table calls that the contract grants to the route. */
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Api, TableCall } from '../contract/api';
import { keyFields } from '../contract/model';
import { documentClient } from '../dynamodb/client';
import { sendOnce } from '../dynamodb/send-once';
import { prepareFieldChecks } from './handler-fields';
import { isExpired, type Item, keyOf, toStored, toVisible } from './item';
import { newItem } from './new-item';
import { readPage, type Selection } from './page';
import type { SortRange } from './sort-range';
import { type Changes, getItem, putItem, type Store, updateItem } from './store';
import { addNextVersion } from './write';

const DEFAULT_LIMIT = 100;

interface PageOptions {
  readonly filters?: Item;
  readonly limit?: number;
  readonly after?: Item;
}

interface QueryOptions extends PageOptions {
  readonly index?: string;
  readonly partition: string | number;
  readonly from?: string | number;
  readonly to?: string | number;
  readonly order?: 'asc' | 'desc';
}

/** The table calls without the types of a contract's items, which table-calls.ts adds. */
type AnyCalls = Readonly<Record<TableCall, (...options: never[]) => Promise<unknown>>>;

/** @returns an object with only the named calls: the function may lack the permission for other calls */
export function handlerTable(store: Store, calls: readonly TableCall[] = []): Partial<AnyCalls> {
  const all: AnyCalls = { ...readCalls(store), ...writeCalls(store) };
  return Object.fromEntries(calls.map((call) => [call, all[call]]));
}

function readCalls(store: Store) {
  const { model } = store;
  return {
    get: async (key: Item, { consistent = false } = {}) => {
      const item = await getItem(store, keyOf(key, model), consistent);
      return item && toVisible(item, model);
    },
    query: ({ index, partition, from, to, order, ...options }: QueryOptions) => {
      const [field = '', sort = ''] = index === undefined ? model.keys : indexFields(model.api, index);
      const range: SortRange = {
        ...(from !== undefined && { from: { value: from, isOpen: false } }),
        ...(to !== undefined && { to: { value: to, isOpen: false } }),
      };
      return readItems(store, options, {
        index,
        partition: [field, partition],
        sort: (range.from ?? range.to) && [sort, range],
        isDescending: order === 'desc',
      });
    },
    scan: (options: PageOptions = {}) => readItems(store, options, {}),
  };
}

function writeCalls(store: Store) {
  const { model, tableName } = store;
  const check = prepareFieldChecks(model);
  const visible = (item: Item | undefined) => item && toVisible(item, model);
  // The SDK must not retry these writes. After a lost answer, the retry could fail because the first attempt succeeded, and the
  // route may lack the permission to read the item.
  let clientWithoutRetries: Store['client'] | undefined;
  const once = <R>(send: (store: Store) => Promise<R>) =>
    sendOnce((clientWithoutRetries ??= documentClient(1)), (client) => send({ ...store, client }));
  return {
    put: async (sent: Item, { overwrite = false } = {}) => {
      const item = newItem(check.item(sent), model);
      return visible(await once((onceStore) => putItem(onceStore, item, overwrite ? undefined : 'absent')));
    },
    update: async (
      key: Item,
      { set = {}, remove = [], add = {} }: Partial<Changes>,
      { version }: WriteOptions = {},
    ) => {
      check.changes({ set, remove, add });
      const changes = addNextVersion({ set: toStored(set, model), remove, add }, model);
      const condition = version === undefined ? 'present' : [{ version }];
      return visible(await once((onceStore) => updateItem(onceStore, keyOf(key, model), changes, condition)));
    },
    delete: async (key: Item) => {
      const command = new DeleteCommand({ TableName: tableName, Key: keyOf(key, model), ReturnValues: 'ALL_OLD' });
      const { Attributes: item } = await store.client.send(command);
      return item && !isExpired(item, model) ? visible(item) : undefined;
    },
  };
}

interface WriteOptions {
  readonly version?: number;
}

function indexFields({ indexes = {} }: Api, name: string): readonly string[] {
  const index = indexes[name];
  if (!index)
    throw new Error(`The contract has no index ${name}. It has ${Object.keys(indexes).join(', ') || 'none'}.`);
  return keyFields(index.key);
}

async function readItems(
  store: Store,
  { filters = {}, limit = DEFAULT_LIMIT, after }: PageOptions,
  selection: Omit<Selection, 'filters'>,
) {
  const equalities = Object.entries(toStored(filters, store.model));
  const page = await readPage(store, { ...selection, filters: equalities }, limit, after);
  const items = page.items.map((item) => toVisible(item, store.model));
  return { items, ...(page.last && { next: page.last }) };
}
