/** Checks the input of `manager`: the body of a request, or the event of a direct invocation. */
import { keyFault, storageFault } from '../dynamodb/storable';
import { cutName, type InputError, Problem } from '../http/problem';
import { describeValue, isDeeperThan, isObject, jsonType, preview } from '../http/value';
import {
  manager,
  type OperationName,
  operationNames,
  type ParameterType,
  type TableOperation,
  type TableOperationName,
  tableOperations,
} from './contract';

/** DynamoDB's maximum nesting of lists and maps in an attribute. */
const MAX_ATTRIBUTE_LEVELS = 32;

/** Paths of parameters that contain the table's key. */
const KEY_PARAMETERS = /^payload\.(Item|Key|ExclusiveStartKey)$/;

const TYPE_NAMES: Readonly<Record<ParameterType, string>> = {
  object: 'an object',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  names: 'an object of strings',
};

/** The SDK silently drops an attribute with this name. */
const PROTO_FAULT = 'cannot name the attribute __proto__';

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
 * Checks the input and returns it as a command.
 * @param tables names of the tables that the function may use
 * @throws Problem 400 with all faults, or 403 for a table that the function may not use
 */
export function check(input: Readonly<Record<string, unknown>>, tables: readonly string[]): Command {
  const { operation, tableName, payload } = input;
  const errors: InputError[] = Object.keys(input)
    .filter((name) => !FIELDS.includes(name))
    .map((name) => ({ path: cutName(name), message: `is not a known field; known are ${FIELDS.join(', ')}` }));
  if (!isOperation(operation)) {
    const message = `must be one of ${operationNames.join(', ')}, but was ${operation === undefined ? 'missing' : describeValue(operation)}`;
    throw Problem.badInput([{ path: 'operation', message }, ...errors]);
  }
  if (tableName === undefined ? operation in tableOperations : typeof tableName !== 'string') {
    const message = `must be the name of a table, but was ${tableName === undefined ? 'missing' : describeValue(tableName)}`;
    throw Problem.badInput([...errors, { path: 'tableName', message }]);
  }
  if (typeof tableName === 'string' && !tables.includes(tableName)) {
    throw new Problem(
      403,
      `This function may not use a table named ${preview(tableName)}. Use one that it was granted.`,
    );
  }
  // Not push(...errors): a hostile payload may have more faults than a call can have arguments.
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
  if (payload !== undefined && !isObject(payload)) return fault(`must be an object, but was ${describeValue(payload)}`);
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
      return [{ path: `payload.${cutName(name)}`, message }];
    }),
  ];
}

function parameterErrors(path: string, value: unknown, type: ParameterType): InputError[] {
  const fault = parameterFault(value, type);
  if (fault !== undefined) return [{ path, message: fault }];
  const key = isObject(value) && KEY_PARAMETERS.test(path) ? value[manager.key] : undefined;
  const message = typeof key === 'string' ? keyFault(key) : undefined;
  if (message !== undefined) return [{ path: `${path}.${manager.key}`, message }];
  return valueErrors(path, value);
}

/** Returns the fault of a parameter as a whole, for example a wrong type. */
function parameterFault(value: unknown, type: ParameterType): string | undefined {
  if (jsonType(value) !== (type === 'names' ? 'object' : type)) {
    return `must be ${TYPE_NAMES[type]}, but was ${describeValue(value)}`;
  }
  if (isDeeperThan(MAX_ATTRIBUTE_LEVELS + 1, value)) {
    return `must not be nested deeper than ${MAX_ATTRIBUTE_LEVELS} levels`;
  }
  if (type === 'number' && !Number.isInteger(value)) return 'must be a whole number';
  if (type === 'string' && (value as string).includes('__proto__')) return PROTO_FAULT;
  if (type !== 'names') return undefined;
  const names: unknown[] = Object.values(value as object);
  if (names.includes('__proto__')) return PROTO_FAULT;
  return names.every((name) => typeof name === 'string')
    ? undefined
    : 'must be an object of strings: each placeholder with the name of an attribute';
}

/** Returns the faults of strings, numbers and attribute names that DynamoDB cannot store exactly, at any depth. */
function valueErrors(path: string, value: unknown): InputError[] {
  const message = storageFault(value);
  if (message !== undefined) return [{ path, message }];
  if (Array.isArray(value)) return value.flatMap((child, index) => valueErrors(`${path}[${index}]`, child));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, child]) => {
    const childPath = `${path}.${cutName(name)}`;
    if (name === '__proto__') return [{ path: childPath, message: 'cannot be the name of an attribute' }];
    const fault = storageFault(name);
    return fault === undefined ? valueErrors(childPath, child) : [{ path: childPath, message: `its name ${fault}` }];
  });
}
