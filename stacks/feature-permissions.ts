/**
 * Makes the statements of the pipeline's roles for features that a setting turns on. Without the settings there are none, so the
 * roles of a deployment have only the permissions that it needs. Repeat the bootstrap before a deployment that turns a setting on, and after
 * one that turns it off.
 */
import type { Statement } from '../constructs/policy-statement';
import { backupCreation, backupStatements } from './backup-permissions';
import { canaryStatements } from './canary-permissions';
import { domainCreation, type DomainScope, domainStatements } from './domain-permissions';
import { keyReads, type KeyScope, keyWrites } from './key-permissions';
import { equals, type SelectActions } from './pipeline-actions';

export interface FeatureScope extends DomainScope, KeyScope {
  /** Whether the setting `canary` is not NONE. */
  readonly canary: boolean;
}

const READ: SelectActions = ({ read }) => read;
const ALL: SelectActions = ({ read, write }) => [...read, ...write];

/** Makes the statements of the role `plan`. */
export function featureReads(scope: FeatureScope): Statement[] {
  return [
    ...domainStatements(scope, READ),
    ...keyReads(scope),
    ...(scope.backup ? backupStatements(scope, READ) : []),
    ...(scope.canary ? canaryStatements(scope, READ) : []),
  ];
}

/** Makes the statements of the role `deploy`. */
export function featurePermissions(scope: FeatureScope): Statement[] {
  const { backup, canary } = scope;
  return [
    ...domainStatements(scope, ALL),
    ...domainCreation(scope),
    ...keyWrites(scope),
    ...(backup ? [...backupStatements(scope, ALL), ...backupCreation(scope)] : []),
    ...(canary ? canaryStatements(scope, ALL) : []),
    ...passRoles(scope),
  ];
}

/** Allows roles of AWS Backup and CodeDeploy, as `GiveRolesToFunctions` allows the functions' roles. */
function passRoles({ backup, canary, arn, namesStart }: FeatureScope): Statement[] {
  const services = [...(backup ? ['backup.amazonaws.com'] : []), ...(canary ? ['codedeploy.amazonaws.com'] : [])];
  if (services.length === 0) return [];
  return [
    {
      sid: 'GiveRolesToServices',
      actions: ['iam:PassRole'],
      resources: [arn('iam', `role/${namesStart}*`)],
      conditions: equals('iam:PassedToService', ...services),
    },
  ];
}
