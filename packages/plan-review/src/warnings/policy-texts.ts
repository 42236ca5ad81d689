/** Says what one policy allows, or no longer denies, compared with another. */
import { UNKNOWN, type Value } from '../model/value';
import { coverage, type Grant, grantsOf, hasNewNegation, isCovered, type Policy } from '../policy/statements';
import { unknownParts } from '../policy/unknown-parts';
import { code } from '../escape';

/** Longer lists are cut, and the rest is counted. */
const MAX_LISTED = 8;

const NEGATED = 'with NotAction, NotResource or NotPrincipal, which cannot be compared: read the statement';

/** What `after` allows and `before` does not. */
export function gainedTexts(before: Policy, after: Policy): string[] {
  const negated = hasNewNegation(after, before, 'Allow') ? [`allows ${NEGATED}`] : [];
  if (before.length === 0) return [...newPolicyTexts(grantsOf(after, 'Allow')), ...negated];
  const oldGrants = grantsOf(before, 'Allow');
  const gained = grantsOf(after, 'Allow').filter((grant) => !oldGrants.some((wide) => isCovered(grant, wide)));
  const withNew = (part: 'principal' | 'action' | 'resource') =>
    gained.filter((grant) => !oldGrants.some((wide) => coverage(wide, grant)[part]));
  const loosened = gained.filter((grant) =>
    oldGrants.some((wide) => isCovered({ ...grant, conditions: wide.conditions }, wide)),
  );
  const texts = [
    ...list('allows more actions:', withNew('action'), 'action'),
    ...list('reaches more resources:', withNew('resource'), 'resource'),
    ...list(
      'lets in more principals:',
      withNew('principal').filter(({ principal }) => principal !== ''),
      'principal',
    ),
    ...list('removes or loosens a condition on', loosened.filter(hasKnownConditions), 'action'),
    ...list(
      'has a condition value known only after the apply, on',
      loosened.filter((grant) => !hasKnownConditions(grant)),
      'action',
    ),
  ];
  if (gained.length > 0 && texts.length === 0) {
    const combinations = gained.map(({ action, resource }) => `${show(action)} on ${show(resource)}`);
    texts.push(`allows new combinations: ${combinations.slice(0, MAX_LISTED).join(', ')}`);
  }
  return [...texts, ...unknownTexts(before, after), ...negated];
}

/** What `before` denies and `after` does not. */
export function lostDenialTexts(before: Policy, after: Policy): string[] {
  // An unknown part denies nothing for certain.
  const newDenials = grantsOf(after, 'Deny').filter(
    ({ principal, action, resource }) => ![principal, action, resource].includes(UNKNOWN),
  );
  const lost = grantsOf(before, 'Deny').filter((grant) => !newDenials.some((wide) => isCovered(grant, wide)));
  return [
    ...list('no longer denies', lost, 'action'),
    ...(hasNewNegation(before, after, 'Deny') ? [`changes a Deny ${NEGATED}`] : []),
  ];
}

/** What needs attention even in a new policy: access for anyone, every action, or all actions of a service on anything. */
export function openTexts(policy: Policy): string[] {
  const grants = grantsOf(policy, 'Allow').filter(({ conditions }) => conditions.length === 0);
  const isEverything = ({ action, resource }: Grant) =>
    action === '*' || (typeof action === 'string' && action.endsWith(':*') && resource === '*');
  return [
    ...list(
      'is open to anyone for',
      grants.filter(({ principal }) => principal === '*'),
      'action',
    ),
    ...list(
      'is new and allows everything of',
      grants.filter((grant) => grant.principal !== '*' && isEverything(grant)),
      'action',
    ),
  ];
}

function newPolicyTexts(grants: readonly Grant[]): string[] {
  const principals = grants.filter(({ principal }) => principal !== '');
  const clauses = [
    ...list('allows', grants, 'action'),
    ...list('on', grants, 'resource'),
    ...list('to', principals, 'principal'),
  ];
  return clauses.length === 0 ? [] : [clauses.join(' ')];
}

function unknownTexts(before: Policy, after: Policy): string[] {
  const verbs = { resources: 'reaches resources', principals: 'lets in principals', actions: 'allows actions' };
  return unknownParts(before, after).map(({ part, count, removed }) => {
    const instead = removed.length === 0 ? 'more' : `instead of ${removed.map((value) => code(value)).join(', ')}`;
    return `${verbs[part]} known only after the apply: ${count} ${instead}`;
  });
}

function hasKnownConditions({ conditions }: Grant): boolean {
  return conditions.every(({ values }) => !values.includes(UNKNOWN));
}

/** One text with the distinct values of a part, or no text for no grants. */
function list(text: string, grants: readonly Grant[], part: 'principal' | 'action' | 'resource'): string[] {
  const values = [...new Set(grants.map((grant) => show(grant[part])))];
  if (values.length === 0) return [];
  const more = values.length > MAX_LISTED ? ` and ${values.length - MAX_LISTED} more` : '';
  return [`${text} ${values.slice(0, MAX_LISTED).join(', ')}${more}`];
}

function show(value: Value): string {
  return typeof value === 'string' ? code(value) : '(known after apply)';
}
