/** The data that the guard needs for its decisions: roles and tables, as plain data for its thread. */
import type { Deployment, RoleDeployment } from '../../../model/deployment';
import type { ResourceStatement, Statement } from '../../../model/policy';

export interface GuardedRole {
  readonly arn: string;
  readonly statements: readonly Statement[];
  readonly boundary?: readonly Statement[];
}

export interface GuardedTable {
  readonly arn: string;
  readonly partitionKey: string;
  /** The statements of the table's policy. */
  readonly policy?: readonly ResourceStatement[];
}

export interface GuardRules {
  readonly roles: readonly GuardedRole[];
  readonly tables: readonly GuardedTable[];
}

export function guardRules(deployments: readonly Deployment[]): GuardRules {
  return {
    roles: deployments.flatMap(({ roles }) => roles.map(guardedRole)),
    tables: deployments.flatMap(({ tables }) =>
      tables.map(({ arn, keySchema, policy }) => ({
        arn,
        partitionKey: keySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '',
        ...(policy && { policy }),
      })),
    ),
  };
}

function guardedRole({ arn, statements, boundary }: RoleDeployment): GuardedRole {
  return { arn, statements, ...(boundary && { boundary }) };
}
