/** Warns of policies that allow more, or deny less, than before, at any place of any resource. */
import { hiddenAt } from '../model/hidden';
import { formatPath } from '../model/path';
import type { Change, Plan, ValuePath } from '../model/plan';
import { UNKNOWN } from '../model/value';
import { policyReferences } from '../policy/data-source';
import type { PolicyPlace } from '../policy/find';
import { type Policy, POLICY_VERSION, policyVersion } from '../policy/statements';
import { fillUnknownParts, lostNameCheck } from '../policy/unknown-parts';
import { isMoved } from './moved';
import { showOpen, showSensitive } from './policy-parts';
import { isTrust, placeParts, policyPlaces, setsUnknownPolicy } from './policy-places';
import { gainedTexts, lostDenialTexts, riskTexts } from './policy-texts';
import { name, type Part, rule, text } from './warning';

/**
 * Compares a changed policy with the old policy. A new policy of an existing resource is compared with an empty policy. A
 * new policy of a new resource widens no existing access: only its risks cause warnings.
 */
export const policiesRule = rule('access', (change, plan) =>
  policyPlaces(change, plan).flatMap((place) =>
    textsOf(place, change, plan).map((parts) => [...placeParts(place.path), ...parts]),
  ),
);

function textsOf(place: PolicyPlace, change: Change, plan: Plan): readonly (readonly Part[])[] {
  const { path, after, oldPolicy = [], newPolicy = [] } = place;
  const show = hiddenAt(change.hidden, path) ? showSensitive(plan) : showOpen;
  switch (change.action) {
    case 'delete':
      // The policies of a deleted role or bucket are deleted with it.
      return change.type.includes('polic') && plan.index.parent(change) !== 'destroyed'
        ? lostDenialTexts(oldPolicy, [], show)
        : [];
    case 'create': {
      const isNew = plan.index.parent(change) === 'new';
      if (after === UNKNOWN) {
        return (!isNew || isTrust(path)) && setsUnknownPolicy(place, change, plan) ? [unknownText(path)] : [];
      }
      return isNew ? riskTexts(newPolicy, plan.ownAccounts, show, isTrust(path)) : gainedTexts([], newPolicy, show);
    }
    case 'change':
    case 'replace':
    case 'recreate': {
      if (after === UNKNOWN) return setsUnknownPolicy(place, change, plan) ? [unknownText(path)] : [];
      if (isMoved(change, plan)) {
        return [...gainedTexts([], newPolicy, show), ...lostDenialTexts(oldPolicy, [], show)];
      }
      const filled = filledPolicy(oldPolicy, newPolicy, path, change, plan);
      return [
        ...gainedTexts(oldPolicy, filled, show),
        ...lostDenialTexts(oldPolicy, filled, show),
        ...versionTexts(place),
      ];
    }
    default:
      return [];
  }
}

function filledPolicy(before: Policy, after: Policy, path: ValuePath, change: Change, plan: Plan): Policy {
  const isLostName = lostNameCheck(plan, policyReferences(plan, change, String(path[0])));
  return fillUnknownParts(before, after, isLostName);
}

/** Only the version 2012-10-17 replaces `${aws:username}` in a policy. Without a version, a policy has the version 2008-10-17. */
function versionTexts({ before, after, oldPolicy = [], newPolicy = [] }: PolicyPlace): readonly (readonly Part[])[] {
  const [oldVersion, newVersion] = [before, after].map((side) => policyVersion(side));
  const hasVariables = [...oldPolicy, ...newPolicy].some((statement) => statement.text.includes('${'));
  if (oldPolicy.length === 0 || newPolicy.length === 0 || oldVersion === newVersion || !hasVariables) return [];
  const isReplaced = newVersion === POLICY_VERSION;
  return [
    text`changes its version: ${name('${...}')} ${isReplaced ? 'becomes a variable' : 'is no longer a variable'}`,
  ];
}

function unknownText(path: ValuePath): readonly Part[] {
  return text`sets ${name(formatPath(path))} to a policy that is known only after the apply: check in the code what it allows`;
}
