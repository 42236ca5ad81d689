/** Reads and evaluates the conditions of policy statements. */
import type { Condition, UnsupportedElement } from '../../model/policy';
import { isObject } from '../is-object';
import { ipRange, isIpRange } from './ip-range';
import { arnPattern, type Matcher, wildcard } from './pattern';

/**
 * Returns a call's values of a condition key.
 * @param key in lower case
 * @returns undefined when the call does not have the key
 */
export type Context = (key: string) => readonly string[] | undefined;

/** Returns whether the condition holds for a call. */
export type CompiledCondition = (context: Context) => boolean;

/** Services whose statements the local run evaluates. */
export type Service = 'dynamodb' | 'execute-api' | 'lambda';

/** The condition keys of a service, or of the policy that a Lambda authorizer returns. */
export type KeySet = Service | 'authorizer';

type Keys = Readonly<Record<string, 'single' | 'multiple'>>;

/** Requests to APIs. Only requests from a VPC have the keys of VPCs. */
const REQUEST_KEYS: Keys = {
  'aws:sourceip': 'single',
  'aws:useragent': 'single',
  'aws:referer': 'single',
  'aws:requestedregion': 'single',
  'aws:securetransport': 'single',
  'aws:sourcevpc': 'single',
  'aws:sourcevpce': 'single',
  'aws:vpcsourceip': 'single',
};

/**
 * The supported condition keys. A call has at most one value of a `single` key. For every call, the local run
 * knows the values of a key, or knows that the call does not have the key. Sources: Service Authorization Reference, "Condition
 * keys for Amazon DynamoDB"; IAM User Guide, "AWS global condition context keys".
 */
const KEYS: Readonly<Record<KeySet, Keys>> = {
  dynamodb: {
    'dynamodb:leadingkeys': 'multiple',
    'dynamodb:enclosingoperation': 'single',
    'dynamodb:select': 'single',
    'dynamodb:returnvalues': 'single',
    'dynamodb:returnconsumedcapacity': 'single',
    'aws:principalarn': 'single',
    'aws:principalaccount': 'single',
    'aws:requestedregion': 'single',
    'aws:securetransport': 'single',
    'lambda:sourcefunctionarn': 'single',
  },
  'execute-api': { ...REQUEST_KEYS, 'aws:principalarn': 'single', 'aws:principalaccount': 'single' },
  // AWS does not document the principal of a caller whom a Lambda authorizer identifies.
  authorizer: REQUEST_KEYS,
  lambda: {
    'lambda:functionurlauthtype': 'single',
    'lambda:invokedviafunctionurl': 'single',
    'aws:requestedregion': 'single',
    'aws:securetransport': 'single',
  },
};

/** Compiles a value of a policy to a function that compares it with a call's value. */
type CompileValue = (value: string) => Matcher;

const equal: CompileValue = (value) => (text) => text === value;
const equalIgnoringCase: CompileValue = (value) => (text) => text.toLowerCase() === value.toLowerCase();

/** The supported operators except `Null`. A negated operator holds when no value of the policy matches. */
const OPERATORS: Readonly<Record<string, { readonly compileValue: CompileValue; readonly negated: boolean }>> = {
  StringEquals: { compileValue: equal, negated: false },
  StringNotEquals: { compileValue: equal, negated: true },
  StringEqualsIgnoreCase: { compileValue: equalIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { compileValue: equalIgnoringCase, negated: true },
  StringLike: { compileValue: (value) => wildcard(value), negated: false },
  StringNotLike: { compileValue: (value) => wildcard(value), negated: true },
  // ArnEquals and ArnLike behave alike (IAM User Guide, "Amazon Resource Name (ARN) condition operators").
  ArnEquals: { compileValue: arnPattern, negated: false },
  ArnLike: { compileValue: arnPattern, negated: false },
  ArnNotEquals: { compileValue: arnPattern, negated: true },
  ArnNotLike: { compileValue: arnPattern, negated: true },
  IpAddress: { compileValue: ipRange, negated: false },
  NotIpAddress: { compileValue: ipRange, negated: true },
  Bool: { compileValue: equalIgnoringCase, negated: false },
};

const SUPPORTED_OPERATORS = [...Object.keys(OPERATORS), 'Null'].join(', ');

/** Operators that IAM knows and the local run cannot evaluate (IAM User Guide, "Condition operators"). */
const OTHER_OPERATORS = /^(((Numeric|Date)(Not)?Equals)|((Numeric|Date)(Less|Greater)Than(Equals)?)|BinaryEquals)$/;

/**
 * Reads the element `Condition` of a statement.
 * @param keySet the condition keys that the statement can use
 * @returns the conditions, a message for each condition that IAM refuses, and the conditions that are not supported
 */
export function readConditions(
  block: unknown,
  keySet: KeySet,
): {
  conditions: Condition[];
  faults: string[];
  unsupported: UnsupportedElement[];
} {
  const faults: string[] = [];
  const unsupported: UnsupportedElement[] = [];
  if (block === undefined) return { conditions: [], faults, unsupported };
  if (!isObject(block)) {
    faults.push(`Condition = ${JSON.stringify(block)}: it must be an object of operators`);
    return { conditions: [], faults, unsupported };
  }
  const conditions = Object.entries(block).flatMap(([name, keys]) => {
    if (!isObject(keys)) {
      faults.push(`${name} = ${JSON.stringify(keys)}; it must be an object of keys`);
      return [];
    }
    return Object.entries(keys).flatMap(([key, value]) => {
      const values = Array.isArray(value) ? (value as unknown[]) : [value];
      const condition = { ...readOperator(name), key: key.toLowerCase(), values: values.map(String) };
      const invalidValues = values.filter((item) => typeof item === 'object' || item === undefined);
      const conditionFaults = [
        ...invalidValues.map((item) => `${name} with ${key} = ${JSON.stringify(item)}; use a string`),
        ...faultsOf(name, key, condition),
      ];
      const unsupportedParts = unsupportedPartsOf(name, key, condition, KEYS[keySet]);
      faults.push(...conditionFaults);
      unsupported.push(...unsupportedParts);
      return conditionFaults.length + unsupportedParts.length === 0 ? [condition] : [];
    });
  });
  return { conditions, faults, unsupported };
}

/** Splits a name such as `ForAllValues:StringLikeIfExists` into prefix, operator and suffix. */
function readOperator(name: string): Pick<Condition, 'operator' | 'set' | 'ifExists'> {
  const [, set, operator = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  return { operator, set: set as Condition['set'], ifExists: ifExists !== undefined };
}

function isNullOperator({ operator, set, ifExists }: Condition): boolean {
  return operator === 'Null' && set === undefined && !ifExists;
}

function isSupportedOperator(condition: Condition): boolean {
  return Object.hasOwn(OPERATORS, condition.operator) || isNullOperator(condition);
}

/** @returns what IAM refuses */
function faultsOf(name: string, key: string, condition: Condition): string[] {
  const { operator, values } = condition;
  const faults: string[] = [];
  if (!isSupportedOperator(condition) && !OTHER_OPERATORS.test(operator)) {
    faults.push(`the condition operator ${name}; use an operator such as ${SUPPORTED_OPERATORS}`);
  }
  const bool = values.find((value) => !/^(true|false)$/i.test(value));
  if (['Null', 'Bool'].includes(operator) && bool !== undefined) {
    faults.push(`${name} with ${key} = ${bool}; use true or false`);
  }
  const range = values.find((value) => !isIpRange(value) && !value.includes('${'));
  if (/^(Not)?IpAddress$/.test(operator) && range !== undefined) {
    faults.push(`${name} with ${key} = ${range}; use an IP address or a range such as 192.0.2.0/24`);
  }
  return faults;
}

/** @returns what IAM accepts and the local run cannot evaluate */
function unsupportedPartsOf(name: string, key: string, condition: Condition, keys: Keys): UnsupportedElement[] {
  const parts: UnsupportedElement[] = [];
  if (!isSupportedOperator(condition) && OTHER_OPERATORS.test(condition.operator)) {
    parts.push({ found: `the condition operator ${name}`, supported: SUPPORTED_OPERATORS });
  }
  const cardinality = Object.hasOwn(keys, condition.key) ? keys[condition.key] : undefined;
  if (cardinality === undefined) {
    parts.push({ found: `the condition key ${key}`, supported: Object.keys(keys).join(', ') });
  } else if (cardinality === 'multiple' && condition.set === undefined && !isNullOperator(condition)) {
    parts.push({
      found: `${name} with the key ${key}, which has several values`,
      supported: `ForAllValues:${name} and ForAnyValue:${name}`,
    });
  }
  const variable = condition.values.find((value) => value.includes('${'));
  if (variable !== undefined) {
    parts.push({ found: `the policy variable in ${key} = ${variable}`, supported: 'values without variables' });
  }
  return parts;
}

/** Compiles a condition (IAM User Guide, "Condition operators" and "Multivalued context keys"). */
export function compileCondition({ operator, set, ifExists, key, values }: Condition): CompiledCondition {
  if (operator === 'Null') {
    const absent = values.some((value) => value.toLowerCase() === 'true');
    return (context) => (context(key) === undefined) === absent;
  }
  const { compileValue, negated } = OPERATORS[operator] ?? { compileValue: equal, negated: false };
  const patterns = values.map(compileValue);
  const matchesValue = (value: string) => patterns.some((matches) => matches(value)) !== negated;
  return (context) => {
    const callValues = context(key);
    // For a call without the key, ForAllValues and the negated operators hold.
    if (set === 'ForAllValues') return (callValues ?? []).every(matchesValue);
    if (callValues === undefined) return ifExists || (negated && set === undefined);
    return callValues.some(matchesValue);
  };
}
