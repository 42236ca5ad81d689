/** Warns of provider configurations that apply a plan with other permissions, in another account, or through another endpoint. */
import { type Hidden, hiddenAt } from '../model/hidden';
import { formatPath } from '../model/path';
import type { Plan, ProviderConfiguration, ValuePath } from '../model/plan';
import { attribute, isEmpty, isList, isObject, type Value } from '../model/value';
import { isForeign } from '../policy/principals';
import { join, name, type Part, text, value, type Warning } from './warning';
import { membersAt } from './lists';

/** Settings that decide which identity, account and endpoint the provider uses. */
const RISKY: readonly { readonly setting: RegExp; readonly text: string }[] = [
  { setting: /^assume_role(_with_web_identity|_with_saml)?$/, text: 'assumes another role' },
  {
    setting: /^(profile|shared_config_files|shared_credentials_files|credential_process)$/,
    text: 'uses other credentials',
  },
  { setting: /^(access_key|secret_key|token)$/, text: 'contains credentials that every reader of the plan can use' },
  {
    setting: /^(endpoints?|sts_region|ec2_metadata_service_endpoint|custom_ca_bundle|http_proxy|https_proxy)$/,
    text: 'sends requests to another address',
  },
  {
    setting: /^(insecure|skip_credentials_validation|skip_requesting_account_id)$/,
    text: 'skips checks of its connection or account',
  },
];

/** Settings whose value a reviewer must see. If the plan lacks the value, a warning says so. */
const MUST_BE_KNOWN =
  /^(assume_role\w*|endpoints?|profile|shared_\w+_files|access_key|secret_key|token|region|(allowed|forbidden)_account_ids|\w*proxy)\b/;

/** A region from a variable of the root module needs no warning: the summary and the digest contain the variables. */
const ORDINARY_REGION = /^region: var\.\w+$/;

export function providerWarnings(plan: Plan): Warning[] {
  return plan.providers.flatMap((provider) => {
    const address = `provider.${provider.key}`;
    const unresolved = provider.unresolved.filter(
      (setting) => MUST_BE_KNOWN.test(setting) && !ORDINARY_REGION.test(setting),
    );
    return [
      ...riskTexts(provider, plan).map((parts): Warning => ({ kind: 'access', address, text: parts })),
      ...unresolved.map((setting): Warning => ({ kind: 'hidden', address, text: unresolvedText(setting) })),
    ];
  });
}

function riskTexts({ settings, hidden }: ProviderConfiguration, plan: Plan): readonly (readonly Part[])[] {
  if (!isObject(settings)) return [];
  const entries = Object.entries(settings).filter(([, setting]) => !isEmpty(setting) && setting !== false);
  const risks = RISKY.flatMap((risk) => {
    const risky = entries.filter(([key]) => risk.setting.test(key));
    const shown = risky.map(([key, setting]) => settingParts(key, setting, hidden));
    return shown.length === 0 ? [] : [text`${risk.text}: ${join(shown)}`];
  });
  return [...risks, ...otherAccountTexts(settings, hidden, plan)];
}

function otherAccountTexts(settings: Value, hidden: Hidden, plan: Plan): readonly (readonly Part[])[] {
  if (plan.ownAccounts.size === 0) return [];
  const key = 'allowed_account_ids';
  const foreign = membersAt(attribute(settings, key), [key]).filter(
    ({ member }) => typeof member === 'string' && isForeign(member, plan.ownAccounts),
  );
  const shown = foreign.map(({ member, path }) => shownValue(member, path, hidden));
  return shown.length === 0 ? [] : [text`may work in another account: ${join(shown)}`];
}

function settingParts(key: string, setting: Value, hidden: Hidden): readonly Part[] {
  return join(
    leavesOf(setting, [key]).map(([path, leaf]) => text`${name(formatPath(path))} ${shownValue(leaf, path, hidden)}`),
  );
}

/** Formats a setting of a provider. Hides it here, because the printer knows only the sensitive marks of changes. */
function shownValue(setting: Value, path: ValuePath, hidden: Hidden): Part {
  return hiddenAt(hidden, path) ? '(sensitive value)' : value(setting, path);
}

function leavesOf(setting: Value, path: ValuePath): (readonly [path: ValuePath, leaf: Value])[] {
  const members = isList(setting) ? [...setting.entries()] : isObject(setting) ? Object.entries(setting) : undefined;
  if (members === undefined) return isEmpty(setting) ? [] : [[path, setting]];
  return members.flatMap(([step, member]) => leavesOf(member, [...path, step]));
}

/** @param setting a setting and its reference: `region: local.region` */
function unresolvedText(setting: string): readonly Part[] {
  const [key = '', references = ''] = setting.split(/:\s*/, 2);
  return text`sets ${name(key)} from ${name(references)}, whose value a plan does not contain`;
}
