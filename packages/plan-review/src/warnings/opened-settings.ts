/** Warns of settings that open a resource to more callers: authorization, endpoints, sign-up and others. */
import type { Change } from '../model/plan';
import { attribute, isEmpty, UNKNOWN, type Value } from '../model/value';
import { changedSettings, type Setting } from './settings';
import { type Check, rule } from './warning';

export const openedSettingsRule = rule('access', openedSettings, privateEndpoint);

/** Settings that open any resource to more callers, by the name of the attribute. */
const OPENED: readonly {
  /** @default every type */
  readonly type?: RegExp;
  readonly name: RegExp;
  readonly isOpened: (before: Value | undefined, after: Value | undefined, setting: Setting) => boolean;
  readonly text: string;
  /** Whether a new resource causes no warning. */
  readonly isOnlyForExisting?: true;
}[] = [
  {
    name: /^disable_execute_api_endpoint$/,
    isOpened: (before, after) => before === true && after !== true && after !== UNKNOWN,
    text: 'opens the default endpoint: callers can bypass the custom domain name and its protection',
  },
  {
    name: /^truststore_uri$/,
    isOpened: (before, after) => !isEmpty(before) && isEmpty(after),
    text: 'no longer requires client certificates',
  },
  {
    name: /^(authorization|authorization_type|auth_type|authentication_type)$/,
    isOpened: (before, after) => !isEmpty(before) && before !== 'NONE' && after === 'NONE',
    text: 'no longer authorizes callers',
  },
  {
    name: /^authentication_type$/,
    isOpened: (before, after) => !isEmpty(before) && before !== 'API_KEY' && after === 'API_KEY',
    text: 'lets in everyone who has an API key',
  },
  {
    name: /^authentication_type$/,
    isOpened: (before, after, { path }) => isEmpty(before) && after === 'API_KEY' && path.length > 1,
    text: 'also lets in everyone who has an API key',
    isOnlyForExisting: true,
  },
  {
    name: /^mode$/,
    isOpened: (before, after, { path }) =>
      path.includes('mutual_authentication') && before === 'verify' && after !== 'verify' && after !== UNKNOWN,
    text: 'no longer requires client certificates',
  },
  {
    type: /^aws_a?lb_listener(_rule)?$/,
    name: /^type$/,
    isOpened: (before, after) => isAuthentication(before) && !isAuthentication(after) && after !== UNKNOWN,
    text: 'no longer authenticates callers',
  },
  {
    name: /^trusted_(key_groups|signers)$/,
    isOpened: (before, after) => !isEmpty(before) && isEmpty(after),
    text: 'no longer requires signed URLs or cookies',
  },
  {
    name: /^viewer_protocol_policy$/,
    isOpened: (before, after) => !isEmpty(before) && before !== 'allow-all' && after === 'allow-all',
    text: 'accepts requests without encryption',
  },
  {
    type: /^aws_(elasticache|memorydb)_user$/,
    name: /^access_string$/,
    isOpened: (before, after) => !isEmpty(before) && typeof after === 'string' && before !== after,
    text: 'gets other permissions: review the access string',
  },
  {
    name: /^no_password_required$/,
    isOpened: (before, after) => before !== true && after === true,
    text: 'lets in clients without a password',
  },
  {
    type: /^aws_vpc_endpoint_service$/,
    name: /^acceptance_required$/,
    isOpened: (before, after) => before === true && after === false,
    text: 'accepts every connection from allowed principals',
  },
  {
    name: /^web_acl_(id|arn)$/,
    isOpened: (before, after) => !isEmpty(before) && isEmpty(after),
    text: 'loses its web ACL: no rule filters requests',
  },
  {
    name: /^allow_unauthenticated_identities$/,
    isOpened: (before, after) => before !== true && after === true,
    text: 'gives credentials to callers without a login',
  },
  {
    type: /^aws_iam_access_key$/,
    name: /^status$/,
    isOpened: (before, after) => before === 'Inactive' && after === 'Active',
    text: 'becomes active: its holder has access again',
  },
  {
    type: /^aws_api_gateway_api_key$/,
    name: /^enabled$/,
    isOpened: (before, after) => before === false && after === true,
    text: 'is enabled: its holder can call the API again',
  },
  {
    name: /^allow_admin_create_user_only$/,
    isOpened: (before, after) => before === true && after !== true && after !== UNKNOWN,
    text: 'lets everyone sign up',
  },
  {
    name: /^mfa_configuration$/,
    isOpened: (before, after) =>
      (before === 'ON' && (after === 'OFF' || after === 'OPTIONAL')) || (before === 'OPTIONAL' && after === 'OFF'),
    text: 'no longer requires a second factor from each user',
  },
  {
    type: /^aws_a?lb$/,
    name: /^internal$/,
    isOpened: (before, after) => before === true && after === false,
    text: 'is no longer internal: the internet can reach it',
  },
  {
    name: /^on_unauthenticated_request$/,
    isOpened: (before, after) => before !== 'allow' && after === 'allow',
    text: 'lets in callers without a login',
  },
  {
    name: /^unauthenticated$/,
    isOpened: (before, after) => before !== true && after === true,
    text: 'lets in clients without credentials',
  },
];

/** Whether an action of a listener authenticates callers. */
function isAuthentication(type: Value | undefined): boolean {
  return typeof type === 'string' && type.startsWith('authenticate-');
}

/** Whether an attribute with this name can open a resource to more callers. */
export function isOpenedByName(setting: string): boolean {
  return OPENED.some(
    ({ type, name: pattern }) => type === undefined && pattern.test(setting) && !REFERENCES.test(setting),
  );
}

/** Attributes that name another resource. Their value also changes when that resource is replaced. */
const REFERENCES = /^(web_acl_(id|arn)|truststore_uri)$/;

/** Other checks warn of the same attributes of these resources. */
const CHECKED_ELSEWHERE = /^aws_(apigatewayv2_route|api_gateway_method|lambda_function_url)$/;

function openedSettings(change: Change): ReturnType<Check> {
  const { type, action, after } = change;
  if (CHECKED_ELSEWHERE.test(type) || action === 'delete' || after === null) return [];
  const found = changedSettings(change).flatMap((setting) =>
    OPENED.filter(
      (opened) =>
        opened.type?.test(type) !== false &&
        !(opened.isOnlyForExisting && action === 'create') &&
        opened.name.test(setting.name) &&
        opened.isOpened(setting.before, setting.after, setting),
    ),
  );
  return [...new Set(found.map((opened) => opened.text))].map((opened) => [opened]);
}

function privateEndpoint({ type, action, before, after }: Change): ReturnType<Check> {
  if (type !== 'aws_api_gateway_rest_api' || action === 'delete') return [];
  const isPrivate = (side: Value) =>
    JSON.stringify(attribute(side, 'endpoint_configuration') ?? null).includes('"PRIVATE"');
  return isPrivate(before) && !isPrivate(after) ? [['is no longer private: the internet can reach it']] : [];
}
