/** Finds the policies of a change, at any depth: in attributes, blocks, lists, and JSON texts such as templates. */
import type { ValuePath } from '../model/plan';
import { hasPolicyName } from '../model/policy-names';
import { attribute, isList, isObject, parseJsonText, UNKNOWN, type Value } from '../model/value';
import { pairMembers } from './pair-members';
import { element, isWellFormed, parsePolicy, type Policy } from './statements';

/** A place that has a policy before or after the change. */
export interface PolicyPlace {
  readonly path: ValuePath;
  /** Undefined when the place does not exist before the change. */
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  /** Undefined for a value that is not a policy: it is absent, unknown or not valid JSON. */
  readonly oldPolicy: Policy | undefined;
  readonly newPolicy: Policy | undefined;
  /** Whether `after` should be a policy but cannot be read, for example because a key occurs twice. */
  readonly isBroken: boolean;
}

/**
 * Finds each place with a policy. Also finds unreadable texts that should be policies, and unknown values of attributes with a
 * policy's name.
 */
export function findPolicies(before: Value | undefined, after: Value | undefined, path: ValuePath = []): PolicyPlace[] {
  const [oldSide, newSide] = [readSide(before, path), readSide(after, path)];
  const places: PolicyPlace[] = [];
  if (oldSide.isPlace || newSide.isPlace) {
    const { isBroken } = newSide;
    places.push({ path, before, after, oldPolicy: oldSide.policy, newPolicy: newSide.policy, isBroken });
  }
  return [...places, ...findInside(oldSide.content, newSide.content, path)];
}

function findInside(before: Value | undefined, after: Value | undefined, path: ValuePath): PolicyPlace[] {
  if (isList(before) || isList(after)) {
    return pairMembers(isList(before) ? before : [], isList(after) ? after : []).flatMap(
      ({ index, oldMember, newMember }) => findPolicies(oldMember, newMember, [...path, index]),
    );
  }
  const keys = new Set([before, after].flatMap((value) => (isObject(value) ? Object.keys(value).sort() : [])));
  return [...keys].flatMap((key) => findPolicies(attribute(before, key), attribute(after, key), [...path, key]));
}

interface Side {
  /** The value, or the content of its JSON text. */
  readonly content: Value | undefined;
  readonly policy: Policy | undefined;
  readonly isBroken: boolean;
  readonly isPlace: boolean;
}

function readSide(value: Value | undefined, path: ValuePath): Side {
  const json = parseJsonText(value);
  const content = json ?? value;
  const statements = element(content, 'Statement');
  const policy = typeof statements === 'object' && statements !== null ? parsePolicy(content) : undefined;
  const isMalformed =
    policy === undefined ? statements !== undefined && hasPolicyName(path) : !isWellFormed(policy, content);
  const looksLikeJson = json === undefined && typeof value === 'string' && /^\s*[[{]/.test(value);
  const isBroken = isMalformed || (looksLikeJson && (hasPolicyName(path) || /"Statement"/i.test(value)));
  const isUnknown = value === UNKNOWN && hasPolicyName(path);
  return { content, policy, isBroken, isPlace: policy !== undefined || isBroken || isUnknown };
}
