/** Finds the AWS accounts that own the resources of a state. */
import { attribute, isList, isObject, type Value } from '../model/value';
import type { RawPlan } from './raw-plan';

/**
 * The accounts in the ARNs of existing resources, and the caller's account. Planned values and policies do not count: the
 * author of a change writes them.
 */
export function readOwnAccounts({ prior_state: state, resource_changes: changes = [] }: RawPlan): Set<string> {
  const root = attribute(attribute(state, 'values'), 'root_module');
  const accounts = [
    ...accountsInModule(root),
    ...changes
      .filter(({ mode }) => mode === 'managed')
      .map(({ change }) => accountOfArn(attribute(change.before, 'arn'))),
  ];
  return new Set(accounts.filter((account) => account !== undefined));
}

function accountsInModule(module: Value | undefined): (string | undefined)[] {
  const own = membersOf(module, 'resources').map((resource) => {
    const values = attribute(resource, 'values');
    if (attribute(resource, 'mode') === 'managed') return accountOfArn(attribute(values, 'arn'));
    if (attribute(resource, 'type') !== 'aws_caller_identity') return undefined;
    const account = attribute(values, 'account_id');
    return typeof account === 'string' ? account : undefined;
  });
  return [...own, ...membersOf(module, 'child_modules').flatMap(accountsInModule)];
}

function membersOf(value: Value | undefined, name: string): readonly Value[] {
  const members = isObject(value) ? attribute(value, name) : undefined;
  return isList(members) ? members : [];
}

function accountOfArn(arn: Value | undefined): string | undefined {
  return typeof arn === 'string' ? /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(arn)?.[1] : undefined;
}
