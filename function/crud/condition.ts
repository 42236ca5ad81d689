/** The conditions under which an item may be written. */
import type { Model } from '../contract/model';
import type { Expression } from './expression';
import { creationField, type Item, nowSeconds } from './item';

/** A state of an item; version 0 is that of an item without a version. An item that is created again has version 1 again, and another time of creation. */
export interface Version {
  readonly version: number;
  /** Null: the item has no time of creation. @default any time */
  readonly createdAt?: string | null;
}

/**
 * `absent` and `present` tell whether there is an item with the key; an expired item is absent.
 * Versions: the item must be in one of these states.
 */
export type Condition = 'absent' | 'present' | readonly Version[];

/** The condition as DynamoDB's ConditionExpression. */
export function conditionExpression(condition: Condition, model: Model, expression: Expression): string {
  const { ttl, keys } = model;
  const [key = ''] = keys;
  if (condition === 'absent') {
    const expired = ttl === undefined ? '' : ` OR ${expression.compare(ttl, '<=', nowSeconds())}`;
    return `attribute_not_exists(${expression.name(key)})${expired}`;
  }
  const state =
    condition === 'present'
      ? `attribute_exists(${expression.name(key)})`
      : versionsExpression(condition, model, expression);
  return ttl === undefined ? state : `${state} AND ${aliveExpression(ttl, expression)}`;
}

/** Whether the item has not expired. */
export function aliveExpression(ttl: string, expression: Expression): string {
  const name = expression.name(ttl);
  return `(attribute_not_exists(${name}) OR ${expression.compare(ttl, '>', nowSeconds())})`;
}

/** DynamoDB refuses brackets that are not needed. */
function versionsExpression(versions: readonly Version[], model: Model, expression: Expression): string {
  const each = versions.map((version) => versionExpression(version, model, expression));
  return each.length === 1 ? (each[0] ?? '') : `(${each.map((one) => `(${one})`).join(' OR ')})`;
}

function versionExpression({ version, createdAt }: Version, model: Model, expression: Expression): string {
  const name = model.version ?? '';
  // Items from before the contract had a version lack the attribute.
  const same =
    version === 0 ? `attribute_not_exists(${expression.name(name)})` : expression.compare(name, '=', version);
  if (createdAt === undefined) return same;
  const created = creationField(model) ?? '';
  const isSame =
    createdAt === null
      ? `attribute_not_exists(${expression.name(created)})`
      : expression.compare(created, '=', createdAt);
  return `${same} AND ${isSame}`;
}

/** The state that the item is in. */
export function versionOf(item: Item, model: Model): Required<Version> {
  const version = item[model.version ?? ''];
  const createdAt = item[creationField(model) ?? ''];
  return {
    version: typeof version === 'number' ? version : 0,
    createdAt: typeof createdAt === 'string' ? createdAt : null,
  };
}

/** Whether the condition holds for an item that was read. */
export function holdsFor(condition: Condition | undefined, item: Item | undefined, model: Model): boolean {
  if (condition === undefined) return true;
  if (condition === 'absent' || !item) return condition === 'absent' && !item;
  if (condition === 'present') return true;
  const { version, createdAt } = versionOf(item, model);
  return condition.some((wanted) => wanted.version === version && wanted.createdAt === createdAt);
}
