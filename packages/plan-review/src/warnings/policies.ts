/** Warns of policies that allow more, or deny less, than before. Works for any attribute that contains a policy. */
import type { Change } from '../model/plan';
import { attribute, isObject, UNKNOWN, type Value } from '../model/value';
import { policyReferences, resolvePolicies } from '../policy/data-source';
import { parsePolicy } from '../policy/statements';
import { fillUnknownParts, renewalCheck } from '../policy/unknown-parts';
import { inlineCode } from '../escape';
import { isParentDestroyed, parentExists } from './parent';
import { gainedTexts, lostDenialTexts, openTexts } from './policy-texts';
import type { Rule } from './warning';

/**
 * Compares a changed policy with the old policy. A new policy of an existing resource is compared with an empty policy. A
 * new policy of a new resource widens no existing access. It causes a warning only for a grant to anyone or a grant of
 * every action.
 */
export const policiesRule: Rule = (change, plan) => {
  const { action, address, before } = change;
  const after = resolvePolicies(plan, change);
  const textsOf = (name: string): string[] => {
    const [oldPolicy, newPolicy] = [parsePolicy(attribute(before, name)), parsePolicy(attribute(after, name))];
    const isUnknown = attribute(after, name) === UNKNOWN;
    switch (action) {
      case 'delete':
        return oldPolicy && !isParentDestroyed(change, plan) ? lostDenialTexts(oldPolicy, []) : [];
      case 'create': {
        const isExisting = parentExists(change, plan);
        if (!newPolicy) return isExisting && name === 'policy' && isUnknown ? [unknownText(name)] : [];
        return isExisting ? gainedTexts([], newPolicy) : openTexts(newPolicy);
      }
      case 'change':
      case 'replace': {
        if (oldPolicy && isUnknown) return [unknownText(name)];
        const isRenewed = renewalCheck(plan, policyReferences(plan, change, name));
        const filled = fillUnknownParts(oldPolicy ?? [], newPolicy ?? [], isRenewed);
        return [...gainedTexts(oldPolicy ?? [], filled), ...lostDenialTexts(oldPolicy ?? [], filled)];
      }
      default:
        return [];
    }
  };
  return attributeNames(change, after)
    .flatMap(textsOf)
    .map((text) => ({ kind: 'access', address, text: [text] }));
};

function unknownText(name: string): string {
  return `has in ${inlineCode(name)} a policy that is known only after the apply: check in the code what it allows`;
}

function attributeNames({ before }: Change, after: Value): string[] {
  const names = [before, after].flatMap((value) => (isObject(value) ? Object.keys(value) : []));
  return [...new Set(names)].sort();
}
