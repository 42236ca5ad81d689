/** Policies that allow more, or deny less, than before: of roles, buckets, keys, queues, functions, whatever has one. */
import { policiesResolved, referencesOf } from '../policy-document';
import { code } from '../text';
import { attribute, isObject, UNKNOWN, type Value } from '../value';
import { attachedToOld, parentGone } from './attached';
import type { Finding, Rule } from './finding';
import { coverage, type Grant, grants, negatedOnlyIn, type Policy, policyOf } from './policy';
import { staying, unknownGains, withStayed } from './unknown';

/** Most words of a kind in a line. */
const MOST = 8;

/**
 * A policy that is changed is compared with what it was. A new one is compared with nothing when what it belongs to was
 * there before; made together with it, it widens nothing, and only what no new policy should have is named.
 */
export const policies: Rule = (change, plan) => {
  const { address, before } = change;
  const after = policiesResolved(plan, change);
  const names = new Set([...keys(before), ...keys(after)]);
  return [...names].sort().flatMap((name): Finding[] => {
    const finding = (text: string): Finding => ({ kind: 'access', address, text });
    const [old, now] = [policyOf(attribute(before, name)), policyOf(attribute(after, name))];
    if (change.action === 'delete') return old && !parentGone(change, plan) ? lostDenials(old, []).map(finding) : [];
    if (change.action === 'create') {
      const joins = attachedToOld(change, plan);
      if (!now) return joins && name === 'policy' && attribute(after, name) === UNKNOWN ? [finding(untold(name))] : [];
      return (joins ? gains([], now) : open(now)).map(finding);
    }
    if (change.action !== 'change' && change.action !== 'replace') return [];
    if (old && attribute(after, name) === UNKNOWN) {
      return [finding(untold(name))];
    }
    if (!old && !now) return [];
    const stayed = withStayed(old ?? [], now ?? [], staying(plan, referencesOf(plan, change, name)));
    return [...gains(old ?? [], stayed), ...lostDenials(old ?? [], stayed)].map(finding);
  });
};

function untold(name: string): string {
  return `has in ${code(name)} a policy that is known only after the apply: see in the code what it allows`;
}

function gains(before: Policy, after: Policy): string[] {
  const old = grants(before, 'Allow');
  if (before.length === 0) return [...whole(grants(after, 'Allow')), ...negatedGains(before, after)];
  const gained = grants(after, 'Allow').filter((grant) => !old.some((wide) => coveredBy(wide, grant)));
  const news = {
    action: gained.filter((grant) => !old.some((wide) => coverage(wide, grant).action)),
    resource: gained.filter((grant) => !old.some((wide) => coverage(wide, grant).resource)),
    principal: gained.filter((grant) => !old.some((wide) => coverage(wide, grant).principal)),
  };
  const conditions = gained.filter((grant) =>
    old.some((wide) => coveredBy(wide, { ...grant, conditions: wide.conditions })),
  );
  const texts = [
    listed('allows more actions:', news.action, 'action'),
    listed('reaches more resources:', news.resource, 'resource'),
    listed(
      'lets in more principals:',
      news.principal.filter(({ principal }) => principal !== ''),
      'principal',
    ),
    listed('loses or loosens a condition of', conditions.filter(settled), 'action'),
    listed(
      'has a condition whose value is known only after the apply, of',
      conditions.filter((grant) => !settled(grant)),
      'action',
    ),
  ].filter((text) => text !== undefined);
  if (gained.length > 0 && texts.length === 0) {
    texts.push(
      `combines what it did not before: ${gained
        .slice(0, MOST)
        .map(({ action, resource }) => `${show(action)} on ${show(resource)}`)
        .join(', ')}`,
    );
  }
  return [...texts, ...unknownGains(before, after), ...negatedGains(before, after)];
}

/** Whether all values of its conditions are known. */
function settled({ conditions }: Grant): boolean {
  return conditions.every(({ values }) => !values.includes(UNKNOWN));
}

/** A policy where there was none: in one clause. */
function whole(gained: readonly Grant[]): string[] {
  const to =
    listed(
      ' to',
      gained.filter(({ principal }) => principal !== ''),
      'principal',
    ) ?? '';
  const text = listed('allows', gained, 'action');
  return text === undefined ? [] : [`${text} ${listed('on', gained, 'resource') ?? ''}${to}`];
}

function negatedGains(before: Policy, after: Policy): string[] {
  return negatedOnlyIn(after, before, 'Allow') === 0
    ? []
    : ['allows with NotAction, NotResource or NotPrincipal, which cannot be compared: look at it closely'];
}

function lostDenials(before: Policy, after: Policy): string[] {
  // What is not known yet denies nothing for certain.
  const now = grants(after, 'Deny').filter(
    ({ principal, action, resource }) => ![principal, action, resource].includes(UNKNOWN),
  );
  const lost = grants(before, 'Deny').filter((grant) => !now.some((wide) => coveredBy(wide, grant)));
  const texts = [listed('no longer denies', lost, 'action')].filter((text) => text !== undefined);
  if (negatedOnlyIn(before, after, 'Deny') > 0) {
    texts.push(
      'changes a Deny with NotAction, NotResource or NotPrincipal, which cannot be compared: look at it closely',
    );
  }
  return texts;
}

/** What no policy should have without a second look: anybody, any action, or all of a service on anything. */
function open(policy: Policy): string[] {
  const found = grants(policy, 'Allow').filter(({ conditions }) => conditions.length === 0);
  const anything = ({ action, resource }: Grant) =>
    action === '*' || (typeof action === 'string' && action.endsWith(':*') && resource === '*');
  return [
    listed(
      'is open to anybody for',
      found.filter(({ principal }) => principal === '*'),
      'action',
    ),
    listed(
      'is new, and allows everything of',
      found.filter((grant) => grant.principal !== '*' && anything(grant)),
      'action',
    ),
  ].filter((text) => text !== undefined);
}

function coveredBy(wide: Grant, narrow: Grant): boolean {
  const { principal, action, resource, conditions } = coverage(wide, narrow);
  return principal && action && resource && conditions;
}

function listed(text: string, found: readonly Grant[], name: 'principal' | 'action' | 'resource'): string | undefined {
  const words = [...new Set(found.map((grant) => show(grant[name])))];
  if (words.length === 0) return undefined;
  return `${text} ${words.slice(0, MOST).join(', ')}${words.length > MOST ? ` and ${words.length - MOST} more` : ''}`;
}

function show(value: Value): string {
  return typeof value === 'string' ? code(value) : '(known after apply)';
}

function keys(value: Value): string[] {
  return isObject(value) ? Object.keys(value) : [];
}
