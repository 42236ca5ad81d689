/** Finds the policies of a change, at any depth: in attributes, blocks, lists, and JSON texts such as templates. */
import type { ValuePath } from '../model/plan';
import { attribute, isList, isObject, parseJsonText, UNKNOWN, type Value } from '../model/value';
import { pairMembers } from './pair-members';
import { element, parsePolicy } from './statements';

/** A place that has a policy before or after the change. */
export interface PolicyPlace {
  readonly path: ValuePath;
  /** Undefined when the place does not exist before the change. */
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** Attributes that contain a policy by their name, also when their value is unknown or cannot be parsed. */
const POLICY_NAME =
  /^polic(y|ies)$|(^|_)policy_(document|text)$|(^|_)(access|assume_role|bucket|destination|iam|inline|key|permission|queue|repository|resource|role|session|topic|trust)_polic(y|ies)$/;

/** Finds each place with a policy, with a text that should be a policy, or with an unknown value named as a policy. */
export function findPolicies(before: Value | undefined, after: Value | undefined, path: ValuePath = []): PolicyPlace[] {
  if (isPlace(before, path) || isPlace(after, path)) return [{ path, before, after }];
  const [oldValue, newValue] = [parseJsonText(before) ?? before, parseJsonText(after) ?? after];
  if (isList(oldValue) || isList(newValue)) {
    return pairMembers(isList(oldValue) ? oldValue : [], isList(newValue) ? newValue : []).flatMap(
      ({ index, oldMember, newMember }) => findPolicies(oldMember, newMember, [...path, index]),
    );
  }
  const keys = new Set([oldValue, newValue].flatMap((value) => (isObject(value) ? Object.keys(value).sort() : [])));
  return [...keys].flatMap((key) => findPolicies(attribute(oldValue, key), attribute(newValue, key), [...path, key]));
}

/** Whether the text should be a policy but is not valid JSON, for example because a key occurs twice. */
export function isBrokenPolicy(value: Value | undefined, path: ValuePath): boolean {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || parseJsonText(value) !== undefined) return false;
  return hasPolicyName(path) || /"Statement"/i.test(value);
}

function isPlace(value: Value | undefined, path: ValuePath): boolean {
  if (value === UNKNOWN) return hasPolicyName(path);
  if (isBrokenPolicy(value, path)) return true;
  const content = parseJsonText(value) ?? value;
  const statements = element(content, 'Statement');
  return typeof statements === 'object' && statements !== null && parsePolicy(content) !== undefined;
}

function hasPolicyName(path: ValuePath): boolean {
  const name = path.findLast((step) => typeof step === 'string');
  return name !== undefined && POLICY_NAME.test(name);
}
