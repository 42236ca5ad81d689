/** Warns of settings outside of policies that name another account, which then sends or receives code, events or data. */
import { formatPath } from '../model/path';
import type { Change, Plan } from '../model/plan';
import { attribute, isList, isObject, parseJsonText, type Value } from '../model/value';
import { element } from '../policy/statements';
import { isSharedName } from './identities';
import { changedSettings, isWritten, type Setting } from './settings';
import { type Check, name, type Part, rule, text, value } from './warning';

export const foreignAccountsRule = rule('access', foreignAccounts);

/** ARNs, hosts of container registries, and URLs of queues, with the account that owns them. */
const OWNED =
  /arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):|\b(\d{12})\.dkr\.ecr\.|\b(?:sqs\.[\w-]+|[\w-]+\.queue|queue)\.amazonaws\.com(?:\.cn)?\/(\d{12})\//g;
/** Attributes whose value is the id of an account. */
const ACCOUNT = /(^|_)(accounts?(_ids?)?|consumer_identifier|owner(_id)?|registry_id|catalog_id)$/;
/** Other rules check these attributes: policies, principals, callers of a function, keys and roles. */
const CHECKED_ELSEWHERE =
  /polic|principal|^(statement|source_arn|source_account|id|owner_id|(\w+_)?kms_\w*key\w*|permissions_boundary|roles?(_arns?)?)$/;

function foreignAccounts(change: Change, plan: Plan): ReturnType<Check> {
  if (!isWritten(change) || plan.ownAccounts.size === 0 || !change.type.startsWith('aws_')) return [];
  const knownByAttribute = new Map<string, ReadonlySet<string>>();
  const knownIn = (key: string) => {
    const known = knownByAttribute.get(key) ?? accountsIn(attribute(change.before, key), key);
    knownByAttribute.set(key, known);
    return known;
  };
  return changedSettings(change).flatMap((setting): (readonly Part[])[] => {
    const { path, name: last, after } = setting;
    if (isSharedName(last) || path.some((step) => CHECKED_ELSEWHERE.test(String(step)))) return [];
    const foreign = [...accountsIn(after, last)].filter((id) => !plan.ownAccounts.has(id));
    const added = foreign.length === 0 ? [] : foreign.filter((id) => !knownIn(String(path[0])).has(id));
    return added.length === 0 ? [] : [text`names another account in ${name(formatPath(path))}: ${shown(setting)}`];
  });
}

/** The whole value. A document, such as an OpenAPI document, would be too long. */
function shown({ path, after }: Setting): Part {
  return parseJsonText(after) === undefined ? value(after, path) : 'review the document';
}

/** Finds the accounts in a value. Other rules compare policies. */
function accountsIn(content: Value | undefined, last: string): Set<string> {
  if (isList(content)) return new Set(content.flatMap((member) => [...accountsIn(member, last)]));
  if (isObject(content)) {
    if (element(content, 'Statement') !== undefined) return new Set();
    return new Set(Object.entries(content).flatMap(([key, member]) => [...accountsIn(member, key)]));
  }
  if (typeof content !== 'string') return new Set();
  const json = parseJsonText(content);
  if (json !== undefined) return accountsIn(json, last);
  if (/^\d{12}$/.test(content)) return new Set(ACCOUNT.test(last) ? [content] : []);
  return new Set([...content.matchAll(OWNED)].map(([, ofArn, ofHost, ofUrl]) => ofArn ?? ofHost ?? ofUrl ?? ''));
}
