/** Parses IAM policies into statements. compare.ts compares them. */
import {
  attribute,
  type Attributes,
  canonicalJson,
  isList,
  isObject,
  numberOf,
  parseJsonText,
  UNKNOWN,
  type Value,
} from '../model/value';

export type Effect = 'Allow' | 'Deny';

export interface Statement {
  /** Undefined for a word that IAM does not know. */
  readonly effect: Effect | undefined;
  /** `AWS:arn`, `Service:lambda.amazonaws.com` or `*`. A statement without principals has one empty string. */
  readonly principals: readonly Value[];
  readonly actions: readonly Value[];
  readonly resources: readonly Value[];
  readonly conditions: readonly Condition[];
  /** Whether it has NotAction, NotResource or NotPrincipal. Then it is compared only as a whole. */
  readonly negated: boolean;
  /** The statement as the policy contains it. */
  readonly source: Value;
  /** The statement as canonical JSON. */
  readonly text: string;
}

export interface Condition {
  /** Operator and key: `ArnLike aws:sourcearn`. */
  readonly test: string;
  readonly values: readonly Value[];
}

export type Policy = readonly Statement[];

/** Parses a policy: an object, or the JSON text of an object, with statements. @returns undefined for other values */
export function parsePolicy(value: Value | undefined): Policy | undefined {
  const statements = element(parseJsonText(value) ?? value, 'Statement');
  const list = toList(statements);
  if (statements === undefined || !list.every(isObject)) return undefined;
  return list.map(parseStatement);
}

/** The version whose policies have variables. */
export const POLICY_VERSION = '2012-10-17';

/** Returns the version of a policy. Without a version, it has the oldest one. */
export function policyVersion(value: Value | undefined): Value {
  return element(parseJsonText(value) ?? value, 'Version') ?? '2008-10-17';
}

function parseStatement(statement: Value): Statement {
  const word = element(statement, 'Effect');
  const effect = typeof word === 'string' ? word.toLowerCase() : '';
  return {
    effect: effect === 'allow' ? 'Allow' : effect === 'deny' ? 'Deny' : undefined,
    principals: parsePrincipals(element(statement, 'Principal')),
    actions: toList(element(statement, 'Action')),
    // A trust policy has no Resource: it applies to its role.
    resources: toList(element(statement, 'Resource') ?? '*'),
    conditions: parseConditions(element(statement, 'Condition')),
    negated: ['NotAction', 'NotResource', 'NotPrincipal'].some((name) => element(statement, name) !== undefined),
    source: statement,
    text: canonicalJson(statement),
  };
}

/** The elements of a statement (IAM user guide, "IAM JSON policy elements"). */
const ELEMENTS = /^(sid|effect|(not)?(principal|action|resource)|condition)$/i;

/**
 * Whether IAM reads the policy as this module does: no two keys differ only in case, IAM knows each element and effect, each
 * member is a string or unknown, and conditions have values. A statement without an effect and actions of IAM passes: it belongs
 * to another language, such as that of a web ACL.
 */
export function isWellFormed(policy: Policy, document: Value | undefined): boolean {
  return (
    hasDistinctKeys(document) &&
    policy.every(
      ({ source, effect, principals, actions, resources }) =>
        hasDistinctKeys(source) &&
        (element(source, 'Effect') === undefined
          ? ![...actions, ...toList(element(source, 'NotAction'))].some(isIamAction)
          : effect !== undefined &&
            Object.entries(source).every(([key, value]) => ELEMENTS.test(key) && value !== null) &&
            isCondition(element(source, 'Condition'))) &&
        [...principals, ...actions, ...resources].every((member) => typeof member === 'string' || member === UNKNOWN),
    )
  );
}

function isIamAction(action: Value): boolean {
  return typeof action === 'string' && /^(\*|[\w*?-]+:[\w*?]+)$/.test(action);
}

/** Whether a condition has the form `{ "StringEquals": { "aws:userid": ["a", "b"] } }`. */
function isCondition(condition: Value | undefined): boolean {
  const isLeaf = (value: Value) => value !== null && !isObject(value) && !isList(value);
  const hasLeaves = (keys: Value) =>
    isObject(keys) && Object.values(keys).every((values) => (isList(values) ? values.every(isLeaf) : isLeaf(values)));
  return condition === undefined || (isObject(condition) && Object.values(condition).every(hasLeaves));
}

function hasDistinctKeys(value: Value | undefined): value is Attributes {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return new Set(keys.map((key) => key.toLowerCase())).size === keys.length;
}

/** Returns an element of a statement. Ignores the case of its name, as some services do. */
export function element(value: Value | undefined, name: string): Value | undefined {
  if (!isObject(value)) return undefined;
  const exact = attribute(value, name);
  if (exact !== undefined) return exact;
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : value[key];
}

function parsePrincipals(principal: Value | undefined): readonly Value[] {
  if (principal === undefined) return [''];
  if (!isObject(principal)) return toList(principal);
  return Object.entries(principal).flatMap(([type, ids]) =>
    toList(ids).map((id) => {
      if (typeof id !== 'string') return id;
      // "*" and {"AWS": "*"} both mean everyone (IAM user guide, "AWS JSON policy elements: Principal").
      return /^\*+$/.test(id) && type.toUpperCase() === 'AWS' ? '*' : `${type}:${id}`;
    }),
  );
}

function parseConditions(condition: Value | undefined): Condition[] {
  if (!isObject(condition)) return [];
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (!isObject(keys)) return [];
    // Condition keys are not case-sensitive; their values are.
    return Object.entries(keys).map(([key, values]) => ({
      test: `${operator} ${key.toLowerCase()}`,
      values: toList(values),
    }));
  });
}

function toList(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return (isList(value) ? value : [value]).map(textOfNumber);
}

/** An account id can be written as a number. */
function textOfNumber(value: Value): Value {
  return numberOf(value) === undefined ? value : canonicalJson(value);
}
