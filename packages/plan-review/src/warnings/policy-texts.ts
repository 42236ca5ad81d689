/** Describes policies, and the differences between two policies: gained grants and lost denials. */
import { isEmpty, unique, UNKNOWN, type Value } from '../model/value';
import { findGain, findLostDenials, type Grant } from '../policy/compare';
import { outsidePrincipals } from '../policy/principals';
import { sensitiveActions, unlimitedActions } from '../policy/risks';
import { element, type Policy, type Statement } from '../policy/statements';
import { unknownParts } from '../policy/unknown-parts';
import type { PolicyElement, ShowMember } from './policy-parts';
import { plainText } from './settings';
import { join, type Part, text } from './warning';

type Texts = readonly (readonly Part[])[];

const NEGATED = 'statement with NotAction, NotResource or NotPrincipal, which plan-review compares only as a whole';

/** Describes the grants that `after` allows and `before` does not. */
export function gainedTexts(before: Policy, after: Policy, show: ShowMember): Texts {
  const gain = findGain(before, after);
  const negated = gain.negated.map(
    ({ source }) => text`has a new or changed Allow ${NEGATED}: ${show(source, 'statement')}`,
  );
  if (before.length === 0) {
    const allowed = after.filter((statement) => statement.effect === 'Allow' && !statement.negated);
    return [...allowed.map((statement) => text`allows ${statementParts(statement, show)}`), ...negated];
  }
  const known = gain.loosened.filter(hasKnownConditions);
  const unknown = gain.loosened.filter((grant) => !hasKnownConditions(grant));
  const texts = [
    ...listText('allows more actions: ', gain.actions, 'action', show),
    ...listText('reaches more resources: ', gain.resources, 'resource', show),
    ...gain.principals.map(
      ({ statement, members }) =>
        text`lets in more principals: ${listParts(members, 'principal', show)}${conditionParts(statement, show)}`,
    ),
    ...listText('removes or loosens a condition on ', actionsOf(known), 'action', show),
    ...listText('has a condition value known only after the apply, on ', actionsOf(unknown), 'action', show),
  ];
  const combinations = texts.length > 0 ? [] : combinationTexts(gain.grants, show);
  return [...texts, ...combinations, ...unknownTexts(before, after, show), ...negated];
}

/** Describes the grants that `before` denies and `after` does not. */
export function lostDenialTexts(before: Policy, after: Policy, show: ShowMember): Texts {
  const lost = findLostDenials(before, after);
  return [
    ...listText('no longer denies ', actionsOf(lost.grants), 'action', show),
    ...(lost.negated ? [[`changes or removes a Deny ${NEGATED}: review it`]] : []),
  ];
}

/**
 * Describes the risks of a new policy of a new resource: principals outside of `ownAccounts`, actions that can extend permissions,
 * and grants of all actions.
 */
export function riskTexts(policy: Policy, ownAccounts: ReadonlySet<string>, show: ShowMember, isTrust: boolean): Texts {
  return policy
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => {
      if (statement.negated) return [text`has an Allow ${NEGATED}: ${show(statement.source, 'statement')}`];
      const outside = outsidePrincipals(statement, ownAccounts, isTrust || undefined);
      if (outside.length > 0) return [outsideText(statement, outside, show)];
      // A policy with principals applies only to its own resource. A policy of a role can apply to all resources.
      if (statement.principals.some((principal) => principal !== '')) return [];
      const unlimited = unlimitedActions(statement);
      const sensitive = sensitiveActions(statement).filter((action) => !unlimited.includes(action));
      return [
        ...listText('is new and allows every action that matches ', unlimited, 'action', show),
        ...(sensitive.length === 0
          ? []
          : [text`is new and allows ${statementParts({ ...statement, actions: sensitive }, show)}`]),
      ];
    });
}

function outsideText(statement: Statement, outside: readonly Value[], show: ShowMember): readonly Part[] {
  const rest = [listParts(statement.actions, 'action', show), conditionParts(statement, show)].flat();
  if (outside.includes('*')) return text`is open to anyone for ${rest}`;
  const isService = outside.every((principal) => plainText(principal).startsWith('Service:'));
  const why = isService ? 'without a condition that limits its source to your accounts' : 'outside of your accounts';
  return text`lets in ${listParts(outside, 'principal', show)}, ${why}, for ${rest}`;
}

/** Formats everything that a statement grants or denies: actions, resources, principals and conditions. */
export function statementParts(statement: Statement, show: ShowMember): readonly Part[] {
  const principals = statement.principals.filter((principal) => principal !== '');
  return [
    ...listParts(statement.actions, 'action', show),
    ...(statement.resources.length === 0 ? [] : text` on ${listParts(statement.resources, 'resource', show)}`),
    ...(principals.length === 0 ? [] : text` to ${listParts(principals, 'principal', show)}`),
    ...conditionParts(statement, show),
  ];
}

function conditionParts({ source }: Statement, show: ShowMember): readonly Part[] {
  const condition = element(source, 'Condition');
  return isEmpty(condition) ? [] : text` if ${show(condition ?? null, 'condition')}`;
}

/** Describes grants of known actions, resources and principals that were not combined before. */
function combinationTexts(grants: readonly Grant[], show: ShowMember): Texts {
  const statements = new Map<Statement, Map<string, Grant[]>>();
  for (const grant of grants) {
    const byAction = statements.get(grant.statement) ?? new Map<string, Grant[]>();
    statements.set(grant.statement, byAction);
    const action = plainText(grant.action);
    byAction.set(action, [...(byAction.get(action) ?? []), grant]);
  }
  const combinations = [...statements.values()].flatMap((byAction) =>
    [...byAction.values()].map((group) => {
      const resources = unique(group.map(({ resource }) => resource));
      const principals = unique(group.map(({ principal }) => principal)).filter((principal) => principal !== '');
      const to = principals.length === 0 ? [] : text` to ${listParts(principals, 'principal', show)}`;
      return text`${show(group[0]?.action ?? null, 'action')} on ${listParts(resources, 'resource', show)}${to}`;
    }),
  );
  return combinations.length === 0 ? [] : [text`allows new combinations: ${join(combinations)}`];
}

function unknownTexts(before: Policy, after: Policy, show: ShowMember): Texts {
  const verbs = { resources: 'reaches', principals: 'lets in', actions: 'allows' };
  const elements = { resources: 'resource', principals: 'principal', actions: 'action' } as const;
  return unknownParts(before, after).map(({ part, count, removed }) => {
    const noun = count === 1 ? elements[part] : part;
    const [more, instead] =
      removed.length === 0 ? [' more', []] : ['', text`, instead of ${listParts(removed, elements[part], show)}`];
    return text`${verbs[part]} ${count}${more} ${noun} known only after the apply${instead}`;
  });
}

function hasKnownConditions({ statement }: Grant): boolean {
  return statement.conditions.every(({ values }) => !values.includes(UNKNOWN));
}

function actionsOf(grants: readonly Grant[]): Value[] {
  return grants.map(({ action }) => action);
}

/** @returns an empty list if there are no values */
function listText(start: string, values: readonly Value[], kind: PolicyElement, show: ShowMember): Texts {
  return values.length === 0 ? [] : [[start, ...listParts(values, kind, show)]];
}

function listParts(values: readonly Value[], kind: PolicyElement, show: ShowMember): readonly Part[] {
  return join(unique(values).map((value) => show(value, kind)));
}
