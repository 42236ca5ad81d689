/** Warns of new identities, and of accounts and principals that get access to a resource. */
import type { Change, Plan, ValuePath } from '../model/plan';
import { attribute, isEmpty, isSame, UNKNOWN, type Value } from '../model/value';
import { refersToNew } from './references';
import { IDENTITIES, NEEDED, OWNERS } from './identity-types';
import { changedSettings, isRewritten, isWritten, type Setting } from './settings';
import { type Check, join, name, rule, text, value, values } from './warning';
import { type Member, membersAt } from './lists';

export const identitiesRule = rule('access', newIdentity, sharedMembers);

function newIdentity(change: Change, plan: Plan): ReturnType<Check> {
  const { type, action, before, after } = change;
  const identity = Object.hasOwn(IDENTITIES, type) ? IDENTITIES[type] : undefined;
  if (!identity || after === null || !isWritten(change)) return [];
  const owner = Object.hasOwn(OWNERS, type) ? OWNERS[type] : undefined;
  if (owner !== undefined && refersToNew(change, owner, plan)) return [];
  if (Object.hasOwn(NEEDED, type) && isEmpty(attribute(after, NEEDED[type] ?? ''))) return [];
  const [start, ...keys] = identity;
  const changed = keys.filter((key) => !isSame(attribute(before, key), attribute(after, key)));
  // authorizers.ts warns of the audiences of a changed provider.
  if (action !== 'create' && (changed.length === 0 || type.endsWith('_provider'))) return [];
  const shown = keys.filter((key) => !isEmpty(attribute(after, key))).map((key) => value(attribute(after, key), [key]));
  return [text`${start}${shown.length > 0 ? ' ' : ''}${join(shown)}`];
}

/** Lists of accounts, groups or principals that get access, on any resource. */
const SHARED =
  /^(shared_accounts|allowed_principals|account_ids|allow_external_principals|readonly_access_accounts|trusted_resource_owners|(target|shared)_account(_id)?s|target_accounts?(_ids)?|share_principals)$/;
/** Whether a list gives access to its members on any resource. */
export function isSharedName(setting: string): boolean {
  return SHARED.test(setting);
}

/** More lists, of one type of resources. */
const MEMBERSHIPS: Readonly<Record<string, string>> = {
  aws_iam_user_group_membership: 'groups',
  aws_iam_group_membership: 'users',
  aws_lakeformation_data_lake_settings: 'admins',
};
/** Lists that widen access only when the resource already exists. */
const ADDITIONS: readonly { readonly type: RegExp; readonly name: string }[] = [
  { type: /^aws_(elasticache_user_group|grafana_role_association)$/, name: 'user_ids' },
  { type: /^aws_quicksight_/, name: 'principal' },
  // Each key of the usage plan can call the API.
  { type: /^aws_api_gateway_usage_plan$/, name: 'api_id' },
  // Each client of the user pool can log in.
  { type: /^aws_cognito_identity_pool$/, name: 'client_id' },
];

function sharedMembers(change: Change): ReturnType<Check> {
  const { action, after } = change;
  if (after === null || !isWritten(change)) return [];
  return changedSettings(change)
    .filter((setting) => isShared(setting, change))
    .filter((setting) => !(setting.after === UNKNOWN && action !== 'change'))
    .flatMap(({ path, name: last, before, after: members }) => {
      const known = granteesAt(before, path);
      const added = granteesAt(members, path).filter(({ member }) => !known.some((old) => isSame(old.member, member)));
      return added.length === 0 ? [] : [text`adds ${values(added)} to ${name(last)}`];
    });
}

function isShared({ name: last, after }: Setting, change: Change): boolean {
  if (isSharedName(last) || MEMBERSHIPS[change.type] === last) return true;
  return (
    isRewritten(change) &&
    after !== UNKNOWN &&
    ADDITIONS.some((addition) => addition.type.test(change.type) && addition.name === last)
  );
}

/** Lists the accounts or principals that get access. A switch that is on counts as one member. */
function granteesAt(members: Value | undefined, path: ValuePath): readonly Member[] {
  return members === false ? [] : membersAt(members, path);
}
