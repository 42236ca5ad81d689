/** Types of the table calls that a handler can make. */
import type { Api, TableCall } from '../contract/api';
import type { AddableOf, ItemOf, KeyOf, NewItemOf, RemovableOf, SettableOf } from '../contract/types';

/** The key at which a page ends. Pass it as `after` to read the next page. */
export type PageKey = Readonly<Record<string, unknown>>;

export interface ItemPage<A extends Api> {
  readonly items: readonly ItemOf<A>[];
  /** Absent on the last page. */
  readonly next?: PageKey;
}

interface PageOptions<A extends Api> {
  /** Fields and the values that they must have. Other items are left out of the page, but count towards `limit`. */
  readonly filters?: Partial<ItemOf<A>>;
  /** Maximum number of items that DynamoDB reads, 1 or more. @default 100 */
  readonly limit?: number;
  /** The `next` of the previous page. @default the first page */
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

/** The changes of an update. The server also sets the version and the time of the last write. */
interface ItemChanges<A extends Api> {
  /** New values of fields. Key fields cannot change. */
  readonly set?: Partial<SettableOf<A>>;
  /** Fields to remove: optional fields without a default. */
  readonly remove?: readonly RemovableOf<A>[];
  /**
   * Numbers to add to fields. An absent field counts as 0. The sum is not checked against the schema.
   * @example { stock: -1 }
   */
  readonly add?: Readonly<Partial<Record<AddableOf<A>, number>>>;
}

/** An item that a handler stores. The server sets the managed fields that the handler leaves out. */
type NewItem<A extends Api> = NewItemOf<A> & Partial<ItemOf<A>>;

/** All table calls. They treat expired items as absent. */
export interface AllTableCalls<A extends Api> {
  /** Reads an item. @param options `consistent`: strongly consistent, at twice the price @default eventually consistent */
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
   * @param options `overwrite`: replaces an item with the same key @default keeps that item and returns undefined
   * @throws Error when the item does not fit the contract
   */
  readonly put: (item: NewItem<A>, options?: { readonly overwrite?: boolean }) => Promise<ItemOf<A> | undefined>;
  /**
   * Changes an item. Retries the call only when DynamoDB throttles it.
   * @param options `version`: changes only an item with this version @default any version
   * @returns the whole item after the update, or undefined when the item is absent or has another version
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
