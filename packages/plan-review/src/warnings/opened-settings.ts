/** Warns of settings that open a resource to more callers. */
import { formatPath } from '../model/path';
import type { Change } from '../model/plan';
import { attribute, type Value } from '../model/value';
import { OPENED, type OpenedSetting } from './opened-rows';
import { changedSettings, type Setting } from './settings';
import { type Check, name, type Part, rule, text } from './warning';

export const openedSettingsRule = rule('access', openedSettings, privateEndpoint);

/** Whether an attribute with this name can open a resource of any type to more callers. */
export function isOpenedByName(setting: string): boolean {
  return OPENED.some(
    ({ type, path, name: pattern }) =>
      type === undefined && path === undefined && pattern.test(setting) && !REFERENCES.test(setting),
  );
}

/** Attributes that name another resource. Their value also changes when that resource is replaced. */
const REFERENCES = /^(web_acl_(id|arn)|truststore_(uri|version)|code_signing_config_arn)$/;

/** Other checks warn of the same attributes of these resources. */
const CHECKED_ELSEWHERE = /^aws_(apigatewayv2_route|api_gateway_method|lambda_function_url)$/;

function openedSettings(change: Change): ReturnType<Check> {
  const { type, action, after } = change;
  if (CHECKED_ELSEWHERE.test(type) || action === 'delete' || after === null) return [];
  const texts = changedSettings(change).flatMap((setting) =>
    OPENED.filter((opened) => opens(opened, setting, change)).map((opened): readonly Part[] =>
      opened.isNamed ? text`${opened.text}: ${name(formatPath(setting.path))}` : [opened.text],
    ),
  );
  return [...new Map(texts.map((parts) => [JSON.stringify(parts), parts])).values()];
}

function opens(opened: OpenedSetting, { name: last, path, before, after }: Setting, change: Change): boolean {
  const steps = formatPath(path.filter((step) => typeof step === 'string'));
  return (
    opened.type?.test(change.type) !== false &&
    !(opened.isOnlyForExisting && change.action === 'create') &&
    opened.name.test(last) &&
    opened.path?.test(steps) !== false &&
    opened.isOpened(before, after)
  );
}

function privateEndpoint({ type, action, before, after }: Change): ReturnType<Check> {
  if (type !== 'aws_api_gateway_rest_api' || action === 'delete') return [];
  const isPrivate = (side: Value) =>
    JSON.stringify(attribute(side, 'endpoint_configuration') ?? null).includes('"PRIVATE"');
  return isPrivate(before) && !isPrivate(after) ? [['is no longer private: the internet can reach it']] : [];
}
