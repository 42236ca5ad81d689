/** Warns of routes and APIs that authorize fewer requests, or no longer require a key. */
import type { Change, Plan } from '../model/plan';
import { attribute, isEmpty, UNKNOWN, type Value } from '../model/value';
import { isPreflight } from './preflight';
import { refersToNew } from './references';
import { type Check, name, type Part, rule, text, value, values } from './warning';
import { type Member, membersAt, membersOf } from './lists';

export const routesRule = rule('access', route);

/** Resources that are a route of an API. */
export const ROUTES = /^aws_(apigatewayv2_route|api_gateway_method)$/;

function route(change: Change, plan: Plan): ReturnType<Check> {
  const { type, action, before, after } = change;
  if (!ROUTES.test(type) || after === null || action === 'none') return [];
  if (action === 'create') {
    return plan.index.parent(change) !== 'new' && isUnprotected(after) && !isPreflight(change, plan)
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
    ...(isUnprotected(before) && isUnprotected(after) && !isPreflight(change, plan) ? otherRequests(change, plan) : []),
    ...(lostScopes.length === 0 ? [] : [text`no longer requires the scopes ${values(lostScopes)}`]),
    ...(hadScopes && addedScopes.length > 0 ? [text`also accepts the scopes ${values(addedScopes)}`] : []),
  ];
}

function isUnprotected(side: Value): boolean {
  return isOpen(side) && !requiresKey(side);
}

/** The attributes that decide which requests a route accepts, and what answers them. */
const REQUESTS = ['route_key', 'target', 'http_method', 'resource_id'];

/** Warns of an open route that accepts other requests, or has another target: anyone can send them. */
function otherRequests(change: Change, plan: Plan): readonly (readonly Part[])[] {
  const { before, after } = change;
  return REQUESTS.flatMap((key) => {
    const [oldValue, newValue] = [attribute(before, key), attribute(after, key)];
    // An ordinary new integration or function is known only after the apply.
    const isNew = key === 'resource_id' && refersToNew(change, key, plan);
    const isOther = newValue === UNKNOWN ? isNew : oldValue !== newValue;
    if (!isOther || isEmpty(oldValue) || isEmpty(newValue)) return [];
    return [
      text`is open to anyone, and has another ${name(key)}: ${value(newValue, [key])} instead of ${value(oldValue, [key])}`,
    ];
  });
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

const SCOPES = 'authorization_scopes';

/** The scopes of the other side that a side lacks. */
function scopesLackedBy(side: Value, other: Value): readonly Member[] {
  const known = membersOf(attribute(side, SCOPES));
  return membersAt(attribute(other, SCOPES), [SCOPES]).filter(({ member }) => !known.includes(member));
}
