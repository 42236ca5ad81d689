/** A DynamoDB table with on-demand capacity, point-in-time recovery and encryption. */
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { dependable, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type Encryption, keyArnOf } from './encryption';
import { literal } from './literal';
import { named } from './named';
import type { NodejsFunction } from './nodejs-function';

/** Type of a key attribute, in DynamoDB's notation: S for a string, N for a number. */
export type KeyType = 'S' | 'N';

/** A global secondary index. It contains all attributes of the items. */
export interface TableIndex {
  /** 3 to 255 letters, digits, underscores, hyphens and dots. */
  readonly name: string;
  /** The partition key. */
  readonly key: string;
  /** The sort key. @default none */
  readonly sortKey?: string | undefined;
}

export interface TableProps {
  /** The table's name, unique in the account and region. */
  readonly name: string;
  /** The partition key. */
  readonly key: string;
  /** The sort key. @default none */
  readonly sortKey?: string | undefined;
  /**
   * Types of the key attributes of the table and its indexes, by name.
   * @default every key attribute is a string
   * @example { createdAt: 'N' }
   */
  readonly keyTypes?: Readonly<Record<string, KeyType>>;
  /**
   * Global secondary indexes.
   * @default none
   * @example [{ name: 'byStatus', key: 'status', sortKey: 'createdAt' }]
   */
  readonly indexes?: readonly TableIndex[];
  /**
   * The attribute with the time, in seconds since the epoch, after which DynamoDB deletes an item, often days later
   * (DynamoDB developer guide, "Using time to live"). Without it, a deployed table keeps the attribute that it had: the AWS provider
   * ignores a missing block, and cannot turn it off without the attribute's name.
   * @default items do not expire
   */
  readonly ttl?: string | undefined;
  /** The key that encrypts the table. @default 'AWS' */
  readonly encryption?: Encryption;
  /** Whether AWS refuses to delete the table. @default false: `cdktf destroy` deletes it with its data */
  readonly deletionProtection?: boolean;
  /**
   * Ceiling of the read units a second, for the table and for each index. DynamoDB throttles reads above it, so it limits the cost
   * (DynamoDB developer guide, "On-demand capacity mode", maximum throughput).
   * 0 for none; -1 to remove the ceiling of a deployed table, because the AWS provider cannot remove the block. @default 0
   */
  readonly maxReadUnits?: number;
  /** Ceiling of the write units a second, for the table and for each index. 0 and -1 as in `maxReadUnits`. @default 0 */
  readonly maxWriteUnits?: number;
}

export class Table extends Construct {
  readonly resource: DynamodbTable;
  /** Whether items expire. */
  readonly expires: boolean;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const { key, sortKey, indexes = [], ttl } = props;
    const table = new DynamodbTable(this, 'table', {
      name: props.name,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: literal(key),
      ...(sortKey !== undefined && { rangeKey: literal(sortKey) }),
      attribute: keyAttributes(props),
      ...(indexes.length > 0 && {
        globalSecondaryIndex: indexes.map((index) => ({ ...toGlobalSecondaryIndex(index), ...ceilings(props) })),
      }),
      ...(ttl !== undefined && { ttl: { attributeName: literal(ttl), enabled: true } }),
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: serverSideEncryption(props.encryption),
      deletionProtectionEnabled: props.deletionProtection ?? false,
      ...ceilings(props),
    });
    this.resource = named(table, id);
    this.expires = ttl !== undefined;
  }

  get name(): string {
    return this.resource.name;
  }

  /**
   * Makes Terraform create a policy before it encrypts the table with a key, and delete the policy after the table has another key: a
   * function without permissions for the key can neither read nor write.
   */
  needsPolicy(policy: ITerraformDependable): void {
    this.resource.dependsOn = [...(this.resource.dependsOn ?? []), dependable(policy)];
  }

  /**
   * Allows a function these actions on the table, and adds the table's name to the function's TABLE_NAMES. Call it once for
   * each function, even for a function that only queries indexes.
   * @param actions may be empty
   * @example table.grant(target, ['dynamodb:GetItem'])
   */
  grant(grantee: NodejsFunction, actions: readonly string[]): void {
    if (actions.length > 0) grantee.addPermission(actions, [this.resource.arn]);
    grantee.addTable(this.resource.name);
  }

  /**
   * Allows `dynamodb:Query` on these indexes. The permission on the table does not include them.
   * @param indexes names of indexes; may be empty
   * @example table.grantIndexes(target, ['byStatus'])
   */
  grantIndexes(grantee: NodejsFunction, indexes: readonly string[]): void {
    if (indexes.length === 0) return;
    const arns = [...new Set(indexes)].map((index) => `${this.resource.arn}/index/${index}`);
    grantee.addPermission(['dynamodb:Query'], arns);
  }
}

/** Returns the attributes of all keys. DynamoDB refuses a table that defines other attributes. */
function keyAttributes({ key, sortKey, indexes = [], keyTypes = {} }: TableProps) {
  const names = [key, sortKey, ...indexes.flatMap((index) => [index.key, index.sortKey])];
  return [...new Set(names)]
    .filter((name) => name !== undefined)
    .map((name) => ({ name: literal(name), type: Object.hasOwn(keyTypes, name) ? (keyTypes[name] ?? 'S') : 'S' }));
}

/**
 * Without `enabled`, DynamoDB uses a key of its own. Without an ARN, it uses its key in the account. But a deployed table keeps the key
 * that it has, because the provider computes a missing ARN: the way back from a key leads through `AWS_OWNED`.
 */
function serverSideEncryption(encryption: Encryption = 'AWS') {
  const kmsKeyArn = keyArnOf(encryption);
  return { enabled: encryption !== 'AWS_OWNED', ...(kmsKeyArn !== undefined && { kmsKeyArn }) };
}

function toGlobalSecondaryIndex({ name, key, sortKey }: TableIndex) {
  return {
    name,
    hashKey: literal(key),
    ...(sortKey !== undefined && { rangeKey: literal(sortKey) }),
    projectionType: 'ALL',
  };
}

function ceilings({ maxReadUnits = 0, maxWriteUnits = 0 }: TableProps) {
  if (maxReadUnits === 0 && maxWriteUnits === 0) return {};
  return {
    onDemandThroughput: {
      ...(maxReadUnits !== 0 && { maxReadRequestUnits: maxReadUnits }),
      ...(maxWriteUnits !== 0 && { maxWriteRequestUnits: maxWriteUnits }),
    },
  };
}
