/** Warns of settings that name another account, outside of policies: code, events, data or keys go to it or come from it. */
import { formatPath } from '../model/path';
import type { Change, Plan } from '../model/plan';
import { attribute, isList, isObject, parseJsonText, type Value } from '../model/value';
import { element } from '../policy/statements';
import { refersToNew } from './references';
import { changedSettings, isWritten, type Setting } from './settings';
import { type Check, name, type Part, rule, text, value } from './warning';

export const foreignAccountsRule = rule('access', foreignAccounts, outsideSubscriber, outsideAddress);

/** ARNs, and hosts of container registries, with the account that owns them. */
const OWNED = /arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):|\b(\d{12})\.dkr\.ecr\./g;
/** Attributes whose value is the id of an account. */
const ACCOUNT = /(^|_)(accounts?(_ids?)?|consumer_identifier|owner(_id)?)$/;
/** Attributes of which other rules warn: policies, principals, callers of a function, and keys. */
const CHECKED_ELSEWHERE =
  /polic|principal|^(statement|source_arn|source_account|id|owner_id|(\w+_)?kms_\w*key\w*|permissions_boundary|roles?(_arns?)?)$/;

function foreignAccounts(change: Change, plan: Plan): ReturnType<Check> {
  if (!isWritten(change) || plan.ownAccounts.size === 0 || !change.type.startsWith('aws_')) return [];
  const texts = changedSettings(change).flatMap((setting): (readonly Part[])[] => {
    const { path, name: last, after } = setting;
    if (path.some((step) => CHECKED_ELSEWHERE.test(String(step)))) return [];
    const known = accountsIn(attribute(change.before, String(path[0])), last);
    const foreign = [...accountsIn(after, last)].filter((id) => !plan.ownAccounts.has(id) && !known.has(id));
    return foreign.length === 0 ? [] : [text`names another account in ${name(formatPath(path))}: ${shown(setting)}`];
  });
  return texts;
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
  return new Set([...content.matchAll(OWNED)].map(([, ofArn, ofHost]) => ofArn ?? ofHost ?? ''));
}

/** Warns of subscribers outside of AWS, to a topic that exists already. */
function outsideSubscriber(change: Change, plan: Plan): ReturnType<Check> {
  const { type, after } = change;
  if (type !== 'aws_sns_topic_subscription' || !isWritten(change) || refersToNew(change, 'topic_arn', plan)) return [];
  const protocol = attribute(after, 'protocol');
  const isChanged = changedSettings(change).some(({ name: last }) => last === 'endpoint');
  return isChanged && typeof protocol === 'string' && /^(https?|email|email-json|sms)$/.test(protocol)
    ? [text`sends the messages of the topic to ${value(attribute(after, 'endpoint'), ['endpoint'])}`]
    : [];
}

/** Attributes with an address outside of AWS that gets data or events. */
const ADDRESSES: readonly { readonly type: RegExp; readonly name: RegExp }[] = [
  { type: /^aws_cloudwatch_event_api_destination$/, name: /^invocation_endpoint$/ },
  { type: /^aws_kinesis_firehose_delivery_stream$/, name: /^(url|hec_endpoint|account_url)$/ },
  { type: /^aws_appsync_datasource$/, name: /^endpoint$/ },
  { type: /^aws_(apigatewayv2|api_gateway)_integration$/, name: /^(integration_)?uri$/ },
];

/** Warns of another address of an existing resource that sends data or requests. */
function outsideAddress(change: Change): ReturnType<Check> {
  if (!isWritten(change) || change.action === 'create') return [];
  return changedSettings(change)
    .filter(({ name: last }) => ADDRESSES.some((place) => place.type.test(change.type) && place.name.test(last)))
    .filter(({ before, after }) => hostOf(after) !== undefined && hostOf(after) !== hostOf(before))
    .map(
      ({ path, before, after }) =>
        text`sends data to another host: ${value(after, path)} instead of ${value(before, path)}`,
    );
}

function hostOf(address: Value | undefined): string | undefined {
  return typeof address === 'string' ? /^https?:\/\/([^/?#]+)/i.exec(address)?.[1]?.toLowerCase() : undefined;
}
