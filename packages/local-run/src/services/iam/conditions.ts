/** Reads and evaluates the conditions of policy statements. */
import type { Condition } from '../../model/policy';
import { isObject } from '../is-object';
import { arnPattern, type Matcher, wildcard } from './pattern';

/**
 * Returns a call's values of a condition key.
 * @param key in lower case
 * @returns undefined when the call does not have the key
 */
export type Context = (key: string) => readonly string[] | undefined;

/** Returns whether the condition holds for a call. */
export type CompiledCondition = (context: Context) => boolean;

/**
 * The supported condition keys. A call has at most one value of a `single` key. For every call, the local run knows the values
 * of a key, or knows that the call does not have the key. Sources: Service Authorization Reference, "Condition keys for Amazon
 * DynamoDB"; IAM User Guide, "AWS global condition context keys".
 */
const KEYS: Readonly<Record<string, 'single' | 'multiple'>> = {
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
  Bool: { compileValue: equalIgnoringCase, negated: false },
};

/**
 * Reads the element `Condition` of a statement.
 * @returns the conditions, and a message for each condition that is invalid or not supported
 */
export function readConditions(block: unknown): { conditions: Condition[]; faults: string[] } {
  if (block === undefined) return { conditions: [], faults: [] };
  if (!isObject(block)) {
    return { conditions: [], faults: [`Condition = ${JSON.stringify(block)}: it must be an object of operators`] };
  }
  const faults: string[] = [];
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
      faults.push(...conditionFaults);
      return conditionFaults.length === 0 ? [condition] : [];
    });
  });
  return { conditions, faults };
}

/** Splits a name such as `ForAllValues:StringLikeIfExists` into prefix, operator and suffix. */
function readOperator(name: string): Pick<Condition, 'operator' | 'set' | 'ifExists'> {
  const [, set, operator = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  return { operator, set: set as Condition['set'], ifExists: ifExists !== undefined };
}

function faultsOf(name: string, key: string, { operator, set, ifExists, values, ...condition }: Condition): string[] {
  const faults: string[] = [];
  const isNull = operator === 'Null' && set === undefined && !ifExists;
  if (!Object.hasOwn(OPERATORS, operator) && !isNull) {
    faults.push(`the condition operator ${name}; supported: ${[...Object.keys(OPERATORS), 'Null'].join(', ')}`);
  }
  const cardinality = Object.hasOwn(KEYS, condition.key) ? KEYS[condition.key] : undefined;
  if (cardinality === undefined) {
    faults.push(`the condition key ${key}; supported: ${Object.keys(KEYS).join(', ')}`);
  } else if (cardinality === 'multiple' && set === undefined && !isNull) {
    faults.push(
      `${name} with the key ${key}, which has several values; put ForAllValues: or ForAnyValue: before the operator`,
    );
  }
  const variable = values.find((value) => value.includes('${'));
  if (variable !== undefined) faults.push(`the policy variable in ${key} = ${variable}`);
  const bool = values.find((value) => !/^(true|false)$/i.test(value));
  if (['Null', 'Bool'].includes(operator) && bool !== undefined) {
    faults.push(`${name} with ${key} = ${bool}; use true or false`);
  }
  return faults;
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
