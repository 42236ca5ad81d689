/** Checks what `manager` was sent, by proxy event or by direct invocation. */
import { storedKeyFault } from '../dynamodb/key';
import { type InputError, Problem, shown } from '../http/problem';
import { described, inexactness, isDeeper, isObject, typeOf } from '../http/value';
import {
  manager,
  type OperationName,
  operationNames,
  type ParameterType,
  type TableOperation,
  type TableOperationName,
  tableOperations,
} from './contract';

/** DynamoDB: an attribute's lists and maps stand within each other at most this deep. */
const MOST_LEVELS = 32;

/** Parameters that have the table's key. */
const KEYED = /^payload\.(Item|Key|ExclusiveStartKey)$/;

const FIELDS = ['operation', 'tableName', 'payload'];

export type Command =
  | { readonly operation: 'echo'; readonly payload: unknown }
  | { readonly operation: 'ping' }
  | {
      readonly operation: TableOperationName;
      readonly tableName: string;
      readonly payload: Readonly<Record<string, unknown>>;
    };

/**
 * @param granted the tables that the function may use
 * @throws Problem 400 with every fault, or 403 for a table that was not granted
 */
export function check(input: Readonly<Record<string, unknown>>, granted: readonly string[]): Command {
  const { operation, tableName, payload } = input;
  const errors: InputError[] = Object.keys(input)
    .filter((name) => !FIELDS.includes(name))
    .map((name) => ({ path: name.slice(0, 80), message: `is not a known field; known are ${FIELDS.join(', ')}` }));
  if (!isOperation(operation)) {
    const message = `must be one of ${operationNames.join(', ')}, but was ${operation === undefined ? 'missing' : described(operation)}`;
    throw Problem.badInput([{ path: 'operation', message }, ...errors]);
  }
  if (tableName === undefined ? operation in tableOperations : typeof tableName !== 'string') {
    const message = `must be the name of a table, but was ${tableName === undefined ? 'missing' : described(tableName)}`;
    throw Problem.badInput([...errors, { path: 'tableName', message }]);
  }
  if (typeof tableName === 'string' && !granted.includes(tableName)) {
    throw new Problem(403, `This function may not use a table named ${shown(tableName)}. Use one that it was granted.`);
  }
  // Not by push(...): a hostile payload has more faults than a call can have arguments.
  const all = [...errors, ...payloadErrors(operation, payload)];
  if (all.length > 0) throw Problem.badInput(all);
  return { operation, tableName, payload: payload ?? {} } as Command;
}

function isOperation(operation: unknown): operation is OperationName {
  return (operationNames as readonly unknown[]).includes(operation);
}

function payloadErrors(operation: OperationName, payload: unknown): InputError[] {
  const fault = (message: string) => [{ path: 'payload', message }];
  if (operation === 'echo') return payload === undefined ? fault('is missing; send what is to be echoed') : [];
  if (operation === 'ping') {
    const empty = payload === undefined || (isObject(payload) && Object.keys(payload).length === 0);
    return empty ? [] : fault('must be left out: ping takes none');
  }
  const { required, parameters }: TableOperation = tableOperations[operation];
  if (payload !== undefined && !isObject(payload)) return fault(`must be an object, but was ${described(payload)}`);
  const sent = payload ?? {};
  const known = Object.keys(parameters).join(', ');
  return [
    ...required
      .filter((name) => !Object.hasOwn(sent, name))
      .map((name) => ({ path: `payload.${name}`, message: 'is missing; send an object' })),
    ...Object.entries(sent).flatMap(([name, value]): InputError[] => {
      const type = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      if (type) return parameterErrors(`payload.${name}`, value, type);
      const message = `is not a parameter of ${operation}; known are ${known}`;
      return [{ path: `payload.${name.slice(0, 80)}`, message }];
    }),
  ];
}

function parameterErrors(path: string, value: unknown, type: ParameterType): InputError[] {
  if (typeOf(value) !== (type === 'names' ? 'object' : type)) {
    return [
      {
        path,
        message: `must be ${type === 'names' ? 'an object of strings' : `a ${type}`}, but was ${described(value)}`,
      },
    ];
  }
  if (isDeeper(value, MOST_LEVELS + 1))
    return [{ path, message: `must not be nested deeper than ${MOST_LEVELS} levels` }];
  if (type === 'names' && !Object.values(value as object).every((name) => typeof name === 'string')) {
    return [{ path, message: 'must be an object of strings: each placeholder with the name of an attribute' }];
  }
  if (type === 'names' && Object.values(value as object).includes('__proto__')) {
    return [{ path, message: 'cannot name the attribute __proto__' }];
  }
  if (type === 'string' && (value as string).includes('__proto__')) {
    return [{ path, message: 'cannot name the attribute __proto__' }];
  }
  const key = isObject(value) && KEYED.test(path) ? value[manager.key] : undefined;
  const fault = typeof key === 'string' ? storedKeyFault(key) : undefined;
  if (fault !== undefined) return [{ path: `${path}.${manager.key}`, message: fault }];
  if (type === 'number' && !Number.isInteger(value)) return [{ path, message: 'must be a whole number' }];
  return valueErrors(path, value);
}

/** Every string, number and name within a value that would not be stored as it was sent. */
function valueErrors(path: string, value: unknown): InputError[] {
  const message = inexactness(value);
  if (message !== undefined) return [{ path, message }];
  if (Array.isArray(value)) return value.flatMap((inner, index) => valueErrors(`${path}[${index}]`, inner));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const inside = `${path}.${name.slice(0, 80)}`;
    // The SDK would drop it in silence.
    if (name === '__proto__') return [{ path: inside, message: 'cannot be the name of an attribute' }];
    const fault = inexactness(name);
    return fault === undefined ? valueErrors(inside, inner) : [{ path: inside, message: `its name ${fault}` }];
  });
}
