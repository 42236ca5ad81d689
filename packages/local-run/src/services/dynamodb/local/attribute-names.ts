/** Checks attribute names and nesting, which dynalite does not. The limits are in the developer guide, "Quotas in Amazon DynamoDB". */
import { isObject } from '../../is-object';
import { valueBytes } from './item-size';

export type RequestInput = Readonly<Record<string, unknown>>;

const MAX_NAME_BYTES = 65_535;
const MAX_PLACEHOLDER_BYTES = 255;
const MAX_NESTING = 32;
const MAX_SUBSTITUTION_BYTES = 2 * 1024 * 1024;

/** Parameters that contain an item or a key. */
const ITEMS = ['Item', 'Key', 'ExclusiveStartKey'];

/** Legacy parameters. They contain conditions or updates by attribute name, each with one value or several values. */
const CONDITIONS = ['Expected', 'AttributeUpdates', 'KeyConditions', 'ScanFilter', 'QueryFilter'];

/** A fault of a request, as DynamoDB's message. It ends the check. */
class Fault extends Error {}

/**
 * @param input the request, or one action of a transaction
 * @returns DynamoDB's message for the first fault in its names and values
 */
export function attributeFault(operation: string, input: RequestInput): string | undefined {
  try {
    if (operation === 'BatchWriteItem' || operation === 'BatchGetItem') {
      for (const part of Object.values(asObject(input['RequestItems']))) checkBatchPart(part);
    } else checkRequest(input);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

function checkBatchPart(part: unknown): void {
  if (!Array.isArray(part)) {
    checkRequest(asObject(part));
    for (const key of asList(asObject(part)['Keys'])) checkMap(asObject(key), 0);
    return;
  }
  for (const write of part) Object.values(asObject(write)).forEach((request) => checkRequest(asObject(request)));
}

function checkRequest(input: RequestInput): void {
  for (const parameter of ITEMS) checkMap(asObject(input[parameter]), 0);
  for (const parameter of CONDITIONS) checkConditions(asObject(input[parameter]));
  for (const name of asList(input['AttributesToGet'])) checkName(String(name));
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
  if (names !== undefined) checkNames(asObject(names));
  if (values !== undefined) checkValues(asObject(values));
}

function checkNames(names: RequestInput): void {
  for (const [placeholder, name] of Object.entries(names)) {
    checkPlaceholder('ExpressionAttributeNames', placeholder);
    if (typeof name === 'string') checkName(name, 'ExpressionAttributeNames contains invalid value: ');
  }
}

function checkValues(values: RequestInput): void {
  for (const [placeholder, value] of Object.entries(values)) {
    checkPlaceholder('ExpressionAttributeValues', placeholder);
    checkValue(value, 0);
  }
  const bytes = Object.values(values).reduce<number>((sum, value) => sum + valueBytes(value), 0);
  if (bytes > MAX_SUBSTITUTION_BYTES) throw new Fault('ExpressionAttributeValues exceeds max size');
}

function checkPlaceholder(parameter: string, placeholder: string): void {
  const bytes = Buffer.byteLength(placeholder);
  if (bytes <= MAX_PLACEHOLDER_BYTES) return;
  throw new Fault(
    `${parameter} contains invalid key: The expression attribute map contains a key that is too long; size of key: ${bytes}`,
  );
}

function checkName(name: string, prefix = 'One or more parameter values were invalid: '): void {
  if (name === '') throw new Fault(`${prefix}Empty attribute name`);
  // A UTF-16 unit has at most 3 bytes.
  if (name.length * 3 <= MAX_NAME_BYTES || Buffer.byteLength(name) <= MAX_NAME_BYTES) return;
  throw new Fault(`${prefix}Attribute name is too large, must be less than ${MAX_NAME_BYTES + 1} bytes`);
}

function checkConditions(conditions: RequestInput): void {
  for (const [name, condition] of Object.entries(conditions)) {
    checkName(name);
    const { Value: value, AttributeValueList: list } = asObject(condition);
    for (const element of [value, ...asList(list)]) checkValue(element, 0);
  }
}

/** @param depth the number of lists and maps around it */
function checkMap(map: RequestInput, depth: number): void {
  for (const [name, value] of Object.entries(map)) {
    checkName(name);
    checkValue(value, depth);
  }
}

function checkValue(value: unknown, depth: number): void {
  if (!isObject(value)) return;
  if (depth > MAX_NESTING) {
    throw new Fault(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  }
  const { M: map, L: list } = value;
  if (isObject(map)) checkMap(map, depth + 1);
  for (const element of asList(list)) checkValue(element, depth + 1);
}

function asObject(value: unknown): RequestInput {
  return isObject(value) ? value : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
