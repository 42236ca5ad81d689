/** Warns of routes and APIs that authorize fewer requests, or no longer require a key. */
import type { Change, Plan } from '../model/plan';
import { attribute, isEmpty, UNKNOWN, type Value } from '../model/value';
import { refersToNew } from './references';
import { changedSettings } from './settings';
import { type Check, type Part, rule, text, value, values } from './warning';
import { type Member, membersAt, membersOf } from './lists';

export const routesRule = rule('access', route, openedSettings, removedFilter);

/** Resources that are a route of an API. */
export const ROUTES = /^aws_(apigatewayv2_route|api_gateway_method)$/;

function route(change: Change, plan: Plan): ReturnType<Check> {
  const { type, action, before, after } = change;
  if (!ROUTES.test(type) || after === null || action === 'none') return [];
  if (action === 'create') {
    return plan.index.parent(change) !== 'new' && isOpen(after) && !requiresKey(after)
      ? [['is a new route of an existing API, open to anyone']]
      : [];
  }
  const lostScopes = scopesLackedBy(after, before);
  // A token needs only one of the scopes, so an additional scope lets in more callers. A route without scopes accepts every token.
  const addedScopes = scopesLackedBy(before, after);
  const hadScopes = !isEmpty(attribute(before, SCOPES));
  return [
    ...(requiresKey(before) && !requiresKey(after) ? [['no longer requires an API key']] : []),
    ...authorizerTexts(change, plan),
    ...(lostScopes.length === 0 ? [] : [text`no longer requires the scopes ${values(lostScopes)}`]),
    ...(hadScopes && addedScopes.length > 0 ? [text`also accepts the scopes ${values(addedScopes)}`] : []),
  ];
}

function authorizerTexts(change: Change, plan: Plan): readonly (readonly Part[])[] {
  const { before, after } = change;
  if (!isOpen(before) && isOpen(after)) {
    return [text`no longer authorizes callers: ${authorizationPart(before)} becomes NONE`];
  }
  const newKind = authorizationOf(after);
  if (!isOpen(before) && newKind !== UNKNOWN && newKind !== authorizationOf(before)) {
    return [
      text`authorizes callers in another way: ${authorizationPart(after)} instead of ${authorizationPart(before)}`,
    ];
  }
  const [oldId, newId] = [attribute(before, 'authorizer_id'), attribute(after, 'authorizer_id')];
  if (isEmpty(oldId)) return [];
  if (isEmpty(newId)) return [['loses its authorizer']];
  const isOther = newId === UNKNOWN ? refersToNew(change, 'authorizer_id', plan) : newId !== oldId;
  const path = ['authorizer_id'];
  return isOther ? [text`gets another authorizer: ${value(newId, path)} instead of ${value(oldId, path)}`] : [];
}

/** HTTP APIs and REST APIs have different attributes for authorization. */
function authorizationOf(side: Value): Value | undefined {
  return attribute(side, 'authorization_type') ?? attribute(side, 'authorization');
}

function authorizationPart(side: Value): Part {
  const key = (attribute(side, 'authorization_type') ?? null) === null ? 'authorization' : 'authorization_type';
  return value(attribute(side, key), [key]);
}

function isOpen(side: Value): boolean {
  return authorizationOf(side) === 'NONE' || isEmpty(authorizationOf(side));
}

function requiresKey(side: Value): boolean {
  return attribute(side, 'api_key_required') === true;
}

/** Settings that open any resource to more callers, by the name of the attribute. */
const OPENED: readonly {
  /** @default every type */
  readonly type?: RegExp;
  readonly name: RegExp;
  readonly isOpened: (before: Value | undefined, after: Value | undefined) => boolean;
  readonly text: string;
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
        opened.name.test(setting.name) &&
        opened.isOpened(setting.before, setting.after),
    ),
  );
  return [...new Set(found.map((opened) => opened.text)), ...privateEndpoint(change)].map((opened) => [opened]);
}

function privateEndpoint({ type, before, after }: Change): string[] {
  if (type !== 'aws_api_gateway_rest_api') return [];
  const isPrivate = (side: Value) =>
    JSON.stringify(attribute(side, 'endpoint_configuration') ?? null).includes('"PRIVATE"');
  return isPrivate(before) && !isPrivate(after) ? ['is no longer private: the internet can reach it'] : [];
}

const FILTERS = /^aws_(wafv2|waf|wafregional)_web_acl_association$/;

function removedFilter(change: Change, plan: Plan): ReturnType<Check> {
  const { type, action, before } = change;
  if (!FILTERS.test(type) || action !== 'delete') return [];
  const resource = attribute(before, 'resource_arn');
  // The resource can be deleted with its web ACL.
  const isDeleted = typeof resource === 'string' && deletedArns(plan).has(resource);
  return isDeleted ? [] : [text`is deleted: no rule filters requests to ${value(resource, ['resource_arn'])}`];
}

const deletedArnsByPlan = new WeakMap<Plan, ReadonlySet<Value>>();

function deletedArns(plan: Plan): ReadonlySet<Value> {
  const known = deletedArnsByPlan.get(plan);
  if (known) return known;
  const deleted = plan.changes.filter(({ action }) => action === 'delete');
  const arns = new Set(deleted.map(({ before }) => attribute(before, 'arn') ?? null));
  deletedArnsByPlan.set(plan, arns);
  return arns;
}

const SCOPES = 'authorization_scopes';

/** The scopes of the other side that a side lacks. */
function scopesLackedBy(side: Value, other: Value): readonly Member[] {
  const known = membersOf(attribute(side, SCOPES));
  return membersAt(attribute(other, SCOPES), [SCOPES]).filter(({ member }) => !known.includes(member));
}
