/** The data that the guard needs for its decisions: roles and tables, as plain data for its thread. */
import type { Deployment } from '../../../model/deployment';
import type { Statement } from '../../../model/policy';

export interface GuardRules {
  readonly roles: readonly { readonly arn: string; readonly statements: readonly Statement[] }[];
  readonly tables: readonly { readonly arn: string; readonly partitionKey: string }[];
}

export function guardRules(deployments: readonly Deployment[]): GuardRules {
  return {
    roles: deployments.flatMap(({ roles }) => roles.map(({ arn, statements }) => ({ arn, statements }))),
    tables: deployments.flatMap(({ tables }) =>
      tables.map(({ arn, keySchema }) => ({
        arn,
        partitionKey: keySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '',
      })),
    ),
  };
}
