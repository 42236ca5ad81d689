/** What the guard has to know of the stacks. */
import type { Deployment } from '../../../model/deployment';
import type { GuardRules } from './guard';

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
