/** A DynamoDB table with on-demand capacity, point-in-time recovery and encryption. */
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import { named } from './named';
import type { NodejsFunction } from './nodejs-function';

export interface TableProps {
  /** The table's name, unique in the account and region. */
  readonly name: string;
  /** The partition key, a string attribute. */
  readonly key: string;
  /** Whether AWS refuses to delete the table. @default false: `cdktf destroy` deletes it with its data */
  readonly deletionProtection?: boolean;
}

export class Table extends Construct {
  readonly resource: DynamodbTable;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const table = new DynamodbTable(this, 'table', {
      name: props.name,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: props.key,
      attribute: [{ name: props.key, type: 'S' }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: props.deletionProtection ?? false,
    });
    this.resource = named(table, id);
  }

  get name(): string {
    return this.resource.name;
  }

  /**
   * Allows a function these actions on the table, and adds the table's name to the function's TABLE_NAMES.
   * @example table.grant(target, ['dynamodb:GetItem'])
   */
  grant(grantee: NodejsFunction, actions: readonly string[]): void {
    grantee.addPermission(actions, [this.resource.arn]);
    grantee.addTable(this.resource.name);
  }
}
