/** The calls of the API's table that a handler can make. */
import type { Api, TableCall } from '../contract/api';
import type { AddableOf, ItemOf, KeyOf, NewItemOf, RemovableOf, SettableOf } from '../contract/types';

/** Where a page of items ends, for `after` of the next call. */
export type PageKey = Readonly<Record<string, unknown>>;

export interface ItemPage<A extends Api> {
  readonly items: readonly ItemOf<A>[];
  /** @default there are no more items */
  readonly next?: PageKey;
}

interface PageOptions<A extends Api> {
  /** Fields and the values that they must have. Items without them do not come, but count for `limit`. */
  readonly filters?: Partial<ItemOf<A>>;
  /** Maximum number of items that DynamoDB reads, 1 or more. @default 100 */
  readonly limit?: number;
  /** The `next` of an earlier page. @default the first page */
  readonly after?: PageKey;
}

interface QueryOptions<A extends Api> extends PageOptions<A> {
  /** Name of the index. @default the table */
  readonly index?: keyof A['indexes'] & string;
  /** Value of the partition key. */
  readonly partition: string | number;
  /** The lowest value of the sort key. @default no bound */
  readonly from?: string | number;
  /** The highest value of the sort key. @default no bound */
  readonly to?: string | number;
  /** Order by the sort key. @default 'asc' */
  readonly order?: 'asc' | 'desc';
}

/** What an update does to an item. The server sets its version and `updatedAt`. */
interface ItemChanges<A extends Api> {
  /** Fields that get a value: not those of the key. */
  readonly set?: Partial<SettableOf<A>>;
  /** Optional fields without a default. */
  readonly remove?: readonly RemovableOf<A>[];
  /** Numbers that are added to fields; an absent field counts as 0. The sum is not checked. @example { stock: -1 } */
  readonly add?: Readonly<Partial<Record<AddableOf<A>, number>>>;
}

/** An item that a handler stores. Managed fields that it leaves out are set by the server. */
type NewItem<A extends Api> = NewItemOf<A> & Partial<ItemOf<A>>;

/** All calls. Expired items are absent. */
export interface AllTableCalls<A extends Api> {
  /** Reads an item. @param options `consistent`: with all writes so far, at twice the price @default not consistent */
  readonly get: (key: KeyOf<A>, options?: { readonly consistent?: boolean }) => Promise<ItemOf<A> | undefined>;
  /**
   * Reads a page of one partition of the table or an index.
   * @example table.query({ index: 'byStatus', partition: 'open' })
   */
  readonly query: (options: QueryOptions<A>) => Promise<ItemPage<A>>;
  /** Reads a page of the whole table. */
  readonly scan: (options?: PageOptions<A>) => Promise<ItemPage<A>>;
  /**
   * Stores an item, with defaults and managed fields filled in.
   * @param options `overwrite`: an item with the same key is replaced @default it stays, and the call returns undefined
   * @throws Error when the item does not fit the contract
   */
  readonly put: (item: NewItem<A>, options?: { readonly overwrite?: boolean }) => Promise<ItemOf<A> | undefined>;
  /**
   * Changes an item. The call is not retried, except when DynamoDB throttles it.
   * @param options `version`: the item must have this version @default any version
   * @returns the whole item after the update, or undefined when it is absent or has another version
   * @throws Error when a changed field does not fit the contract
   */
  readonly update: (
    key: KeyOf<A>,
    changes: ItemChanges<A>,
    options?: { readonly version?: number },
  ) => Promise<ItemOf<A> | undefined>;
  /** Deletes an item. @returns the item, or undefined when it was absent */
  readonly delete: (key: KeyOf<A>) => Promise<ItemOf<A> | undefined>;
}

type CallsOf<R> = R extends { readonly table: readonly (infer C)[] } ? C & TableCall : never;

/** The calls that the route's `table` names. */
export type TableCalls<A extends Api, R> = Pick<AllTableCalls<A>, CallsOf<R>>;
