/** Describes the differences between two policies: gained grants and lost denials. */
import { UNKNOWN, type Value } from '../model/value';
import { coverage, type Grant, grantsOf, hasNewNegation, isCovered, type Policy } from '../policy/statements';
import { unknownParts } from '../policy/unknown-parts';
import { inlineCode } from '../escape';

/** A list with more values is cut: "and 3 more". */
const MAX_LISTED_VALUES = 8;

const NEGATED = 'with NotAction, NotResource or NotPrincipal, which cannot be compared: read the statement';

/** Describes the grants that `after` allows and `before` does not. */
export function gainedTexts(before: Policy, after: Policy): string[] {
  const negated = hasNewNegation(after, before, 'Allow') ? [`allows ${NEGATED}`] : [];
  if (before.length === 0) return [...newPolicyTexts(grantsOf(after, 'Allow')), ...negated];
  const oldGrants = grantsOf(before, 'Allow');
  const gained = grantsOf(after, 'Allow').filter((grant) => !oldGrants.some((wide) => isCovered(grant, wide)));
  const withNew = (part: 'principal' | 'action' | 'resource') =>
    gained.filter((grant) => !oldGrants.some((wide) => coverage(grant, wide)[part]));
  const loosened = gained.filter((grant) =>
    oldGrants.some((wide) => isCovered({ ...grant, conditions: wide.conditions }, wide)),
  );
  const texts = [
    ...listValues('allows more actions:', withNew('action'), 'action'),
    ...listValues('reaches more resources:', withNew('resource'), 'resource'),
    ...listValues(
      'lets in more principals:',
      withNew('principal').filter(({ principal }) => principal !== ''),
      'principal',
    ),
    ...listValues('removes or loosens a condition on', loosened.filter(hasKnownConditions), 'action'),
    ...listValues(
      'has a condition value known only after the apply, on',
      loosened.filter((grant) => !hasKnownConditions(grant)),
      'action',
    ),
  ];
  if (gained.length > 0 && texts.length === 0) {
    const combinations = gained.map(({ action, resource }) => `${showValue(action)} on ${showValue(resource)}`);
    texts.push(`allows new combinations: ${combinations.slice(0, MAX_LISTED_VALUES).join(', ')}`);
  }
  return [...texts, ...unknownTexts(before, after), ...negated];
}

/** Describes the grants that `before` denies and `after` does not. */
export function lostDenialTexts(before: Policy, after: Policy): string[] {
  // A denial with an unknown part may not cover an old denial.
  const newDenials = grantsOf(after, 'Deny').filter(
    ({ principal, action, resource }) => ![principal, action, resource].includes(UNKNOWN),
  );
  const lost = grantsOf(before, 'Deny').filter((grant) => !newDenials.some((wide) => isCovered(grant, wide)));
  return [
    ...listValues('no longer denies', lost, 'action'),
    ...(hasNewNegation(before, after, 'Deny') ? [`changes a Deny ${NEGATED}`] : []),
  ];
}

/** Describes the risks of a new policy: access for anyone, every action, or all actions of a service on all resources. */
export function openTexts(policy: Policy): string[] {
  const grants = grantsOf(policy, 'Allow').filter(({ conditions }) => conditions.length === 0);
  const isEverything = ({ action, resource }: Grant) =>
    action === '*' || (typeof action === 'string' && action.endsWith(':*') && resource === '*');
  return [
    ...listValues(
      'is open to anyone for',
      grants.filter(({ principal }) => principal === '*'),
      'action',
    ),
    ...listValues(
      'is new and allows everything of',
      grants.filter((grant) => grant.principal !== '*' && isEverything(grant)),
      'action',
    ),
  ];
}

function newPolicyTexts(grants: readonly Grant[]): string[] {
  const principals = grants.filter(({ principal }) => principal !== '');
  const clauses = [
    ...listValues('allows', grants, 'action'),
    ...listValues('on', grants, 'resource'),
    ...listValues('to', principals, 'principal'),
  ];
  return clauses.length === 0 ? [] : [clauses.join(' ')];
}

function unknownTexts(before: Policy, after: Policy): string[] {
  const verbs = { resources: 'reaches resources', principals: 'lets in principals', actions: 'allows actions' };
  return unknownParts(before, after).map(({ part, count, removed }) => {
    const instead =
      removed.length === 0 ? 'more' : `instead of ${removed.map((value) => inlineCode(value)).join(', ')}`;
    return `${verbs[part]} known only after the apply: ${count} ${instead}`;
  });
}

function hasKnownConditions({ conditions }: Grant): boolean {
  return conditions.every(({ values }) => !values.includes(UNKNOWN));
}

/** Returns `text` with the distinct values of a part, or an empty list if there are no grants. */
function listValues(text: string, grants: readonly Grant[], part: 'principal' | 'action' | 'resource'): string[] {
  const values = [...new Set(grants.map((grant) => showValue(grant[part])))];
  if (values.length === 0) return [];
  const more = values.length > MAX_LISTED_VALUES ? ` and ${values.length - MAX_LISTED_VALUES} more` : '';
  return [`${text} ${values.slice(0, MAX_LISTED_VALUES).join(', ')}${more}`];
}

function showValue(value: Value): string {
  return typeof value === 'string' ? inlineCode(value) : '(known after apply)';
}
