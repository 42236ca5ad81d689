/** A DynamoDB table as plain data. */
import type { ResourceStatement } from './policy';

export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];

/** An item or a key in DynamoDB's JSON: `{"id": {"S": "a"}}`. */
export type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface TableDeployment {
  readonly name: string;
  readonly arn: string;
  readonly keySchema: KeySchema;
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  /** Global secondary indexes. */
  readonly indexes?: readonly IndexDeployment[];
  /** Local secondary indexes. */
  readonly localIndexes?: readonly IndexDeployment[];
  /** The attribute with the time at which an item expires, in seconds since 1970. Absent: items do not expire. */
  readonly ttlAttribute?: string;
  /** The statements of the table's policy. Absent: the table has no policy. */
  readonly policy?: readonly ResourceStatement[];
}

export interface IndexDeployment {
  readonly name: string;
  readonly keySchema: KeySchema;
  readonly projection: IndexProjection;
}

/** The attributes that an index contains beside the keys. */
export type IndexProjection =
  { readonly type: 'ALL' | 'KEYS_ONLY' } | { readonly type: 'INCLUDE'; readonly nonKeyAttributes: readonly string[] };

/** An item that the stack itself puts into a table (aws_dynamodb_table_item). */
export interface TableItemDeployment {
  readonly address: string;
  readonly table: string;
  readonly item: Item;
  /** The key of the item. It identifies the item across reloads. */
  readonly key: Item;
}
