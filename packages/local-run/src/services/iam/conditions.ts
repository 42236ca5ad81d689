/** Conditions of policy statements: the operators and keys that are understood, and what they come to for a call. */
import type { Condition } from '../../model/policy';
import { arnPattern, type Matches, wildcard } from './pattern';

/** The values of a condition key, by its name in lower case; undefined where the call does not have it. */
export type Context = (key: string) => readonly string[] | undefined;

/** Whether the condition holds for a call. */
export type Holds = (context: Context) => boolean;

/**
 * Keys that the local run knows the value of, or knows to be absent, for every call. (Service Authorization Reference,
 * "Condition keys for Amazon DynamoDB"; IAM User Guide, "AWS global condition context keys".)
 */
const KEYS: Readonly<Record<string, 'one' | 'several'>> = {
  'dynamodb:leadingkeys': 'several',
  'dynamodb:enclosingoperation': 'one',
  'dynamodb:select': 'one',
  'dynamodb:returnvalues': 'one',
  'dynamodb:returnconsumedcapacity': 'one',
  'aws:principalarn': 'one',
  'aws:principalaccount': 'one',
  'aws:requestedregion': 'one',
  'aws:securetransport': 'one',
  'lambda:sourcefunctionarn': 'one',
};

type Compare = (value: string) => Matches;

const equal: Compare = (value) => (text) => text === value;
const equalIgnoringCase: Compare = (value) => (text) => text.toLowerCase() === value.toLowerCase();

/** A negated operator holds where none of the policy's values matches. */
const OPERATORS: Readonly<Record<string, { readonly compare: Compare; readonly negated: boolean }>> = {
  StringEquals: { compare: equal, negated: false },
  StringNotEquals: { compare: equal, negated: true },
  StringEqualsIgnoreCase: { compare: equalIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { compare: equalIgnoringCase, negated: true },
  StringLike: { compare: (value) => wildcard(value), negated: false },
  StringNotLike: { compare: (value) => wildcard(value), negated: true },
  // ArnEquals and ArnLike behave alike (IAM User Guide, "Amazon Resource Name (ARN) condition operators").
  ArnEquals: { compare: arnPattern, negated: false },
  ArnLike: { compare: arnPattern, negated: false },
  ArnNotEquals: { compare: arnPattern, negated: true },
  ArnNotLike: { compare: arnPattern, negated: true },
  Bool: { compare: equalIgnoringCase, negated: false },
};

/** @returns the conditions, and a sentence for everything that is not understood */
export function readConditions(block: unknown): { conditions: Condition[]; faults: string[] } {
  if (block === undefined) return { conditions: [], faults: [] };
  if (typeof block !== 'object' || block === null || Array.isArray(block)) {
    return { conditions: [], faults: [`Condition = ${JSON.stringify(block)}: it must be an object of operators`] };
  }
  const faults: string[] = [];
  const conditions = Object.entries(block).flatMap(([name, keys]: [string, unknown]) => {
    if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) {
      faults.push(`${name} = ${JSON.stringify(keys)}; it must be an object of keys`);
      return [];
    }
    return Object.entries(keys).flatMap(([key, value]: [string, unknown]) => {
      const given = Array.isArray(value) ? (value as unknown[]) : [value];
      const condition = { ...readOperator(name), key: key.toLowerCase(), values: given.map(String) };
      const wrong = given.filter((one) => typeof one === 'object' || one === undefined);
      const found = [
        ...wrong.map((one) => `${name} with ${key} = ${JSON.stringify(one)}; it takes text`),
        ...faultsOf(name, key, condition),
      ];
      faults.push(...found);
      return found.length === 0 ? [condition] : [];
    });
  });
  return { conditions, faults };
}

/** `ForAllValues:StringLikeIfExists`. */
function readOperator(name: string): Pick<Condition, 'operator' | 'set' | 'ifExists'> {
  const [, set, operator = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  return { operator, set: set as Condition['set'], ifExists: ifExists !== undefined };
}

function faultsOf(name: string, key: string, { operator, set, ifExists, values, ...condition }: Condition): string[] {
  const faults: string[] = [];
  const isNull = operator === 'Null' && set === undefined && !ifExists;
  if (!Object.hasOwn(OPERATORS, operator) && !isNull) {
    faults.push(`the condition operator ${name}; understood are ${[...Object.keys(OPERATORS), 'Null'].join(', ')}`);
  }
  const number = Object.hasOwn(KEYS, condition.key) ? KEYS[condition.key] : undefined;
  if (number === undefined) {
    faults.push(`the condition key ${key}; understood are ${Object.keys(KEYS).join(', ')}`);
  } else if (number === 'several' && set === undefined && !isNull) {
    faults.push(
      `${name} with the key ${key}, which has several values; it needs ForAllValues: or ForAnyValue: before it`,
    );
  }
  const variable = values.find((value) => value.includes('${'));
  if (variable !== undefined) faults.push(`the policy variable in ${key} = ${variable}`);
  const bool = values.find((value) => !/^(true|false)$/i.test(value));
  if (['Null', 'Bool'].includes(operator) && bool !== undefined) {
    faults.push(`${name} with ${key} = ${bool}; it takes true or false`);
  }
  return faults;
}

/** IAM User Guide, "Condition operators" and "Multivalued context keys". */
export function compileCondition({ operator, set, ifExists, key, values }: Condition): Holds {
  if (operator === 'Null') {
    const absent = values.some((value) => value.toLowerCase() === 'true');
    return (context) => (context(key) === undefined) === absent;
  }
  const { compare, negated } = OPERATORS[operator] ?? { compare: equal, negated: false };
  const patterns = values.map(compare);
  const one = (value: string) => patterns.some((matches) => matches(value)) !== negated;
  return (context) => {
    const given = context(key);
    if (set === 'ForAllValues') return (given ?? []).every(one);
    if (given === undefined) return ifExists || (negated && set === undefined);
    return given.some(one);
  };
}
