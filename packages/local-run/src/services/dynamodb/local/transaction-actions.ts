/** Reads and validates the actions of TransactWriteItems and TransactGetItems. */
import { isObject } from '../../is-object';
import { attributeFault, type RequestInput } from './attribute-names';
import { refuseInvalid } from './errors';
import { itemBytes } from './item-size';

export interface Action {
  readonly kind: 'Get' | 'Put' | 'Update' | 'Delete' | 'ConditionCheck';
  readonly table: string;
  readonly input: RequestInput;
}

const MAX_ACTIONS = 100;
const MAX_BYTES = 4 * 1024 * 1024;

/** The required parameters of each action, beside TableName. */
const REQUIRED: Readonly<Record<Action['kind'], readonly string[]>> = {
  Get: ['Key'],
  Put: ['Item'],
  Update: ['Key', 'UpdateExpression'],
  Delete: ['Key'],
  ConditionCheck: ['Key', 'ConditionExpression'],
};

/** @throws RequestRefused */
export function readWriteActions(input: RequestInput): readonly Action[] {
  const actions = listOf(input).map((entry, index) => {
    const kinds = (['ConditionCheck', 'Put', 'Delete', 'Update'] as const).filter((kind) => isObject(entry[kind]));
    const [kind, ...others] = kinds;
    if (!kind) {
      return refuseInvalid('Invalid Request: TransactWriteRequest should contain Delete or Put or Update request');
    }
    if (others.length > 0) refuseInvalid('TransactItems can only contain one of Check, Put, Update or Delete');
    return readAction(kind, entry[kind], index);
  });
  const bytes = actions.reduce(
    (sum, { input: { Key, Item, ExpressionAttributeValues } }) =>
      sum + itemBytes(Key) + itemBytes(Item) + itemBytes(ExpressionAttributeValues),
    0,
  );
  if (bytes > MAX_BYTES) {
    const message = 'Transaction payload size cannot exceed 4MB. Payload Size: ';
    refuseInvalid(`${message}: ${message}${bytes}`);
  }
  return actions;
}

/** @throws RequestRefused */
export function readGetActions(input: RequestInput): readonly Action[] {
  return listOf(input).map((entry, index) => readAction('Get', entry['Get'], index));
}

function listOf({ TransactItems: list }: RequestInput): readonly RequestInput[] {
  const refuse = (seen: string, constraint: string) =>
    refuseInvalid(
      `1 validation error detected: Value ${seen} at 'transactItems' failed to satisfy constraint: ${constraint}`,
    );
  if (!Array.isArray(list)) return refuse('null', 'Member must not be null');
  if (list.length === 0) refuse("'[]'", 'Member must have length greater than or equal to 1');
  if (list.length > MAX_ACTIONS) {
    refuse(`'[${list.length} actions]'`, `Member must have length less than or equal to ${MAX_ACTIONS}`);
  }
  return list.map((entry: unknown) => (isObject(entry) ? entry : {}));
}

function readAction(kind: Action['kind'], value: unknown, index: number): Action {
  const input = isObject(value) ? value : undefined;
  const path = `transactItems.${index + 1}.member.${lowerFirst(kind)}`;
  const missing = input ? ['TableName', ...REQUIRED[kind]].find((name) => !input[name]) : '';
  if (!input || missing !== undefined) {
    return refuseInvalid(
      `1 validation error detected: Value null at '${path}${missing ? `.${lowerFirst(missing)}` : ''}' failed to satisfy ` +
        'constraint: Member must not be null',
    );
  }
  const fault = attributeFault(kind, input);
  if (fault !== undefined) refuseInvalid(fault);
  return { kind, table: String(input['TableName']), input };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
