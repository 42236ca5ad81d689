/** Conditions of writes: builds DynamoDB expressions from them, and compares them with items. */
import type { Model } from '../contract/model';
import type { Expression } from './expression';
import { creationField, type Item, nowSeconds } from './item';

/**
 * Identifies a state of an item. An item without a version has version 0. A recreated item starts at version 1, so only the
 * time of creation distinguishes it from the deleted item.
 */
export interface Version {
  readonly version: number;
  /** Time of creation; null if the item has none. @default the time is not compared */
  readonly createdAt?: string | null;
}

/**
 * The state that an item must be in before a write.
 * `absent`: no item has the key. `present`: an item has the key. An expired item counts as absent.
 * Versions: the item is in one of these states.
 */
export type Condition = 'absent' | 'present' | readonly Version[];

/** Returns the condition as a DynamoDB ConditionExpression. */
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

/** Returns an expression that is true for an item that has not expired. */
export function aliveExpression(ttl: string, expression: Expression): string {
  const name = expression.name(ttl);
  return `(attribute_not_exists(${name}) OR ${expression.compare(ttl, '>', nowSeconds())})`;
}

/** Adds brackets only where they are necessary: DynamoDB refuses redundant brackets. */
function versionsExpression(versions: readonly Version[], model: Model, expression: Expression): string {
  const each = versions.map((version) => versionExpression(version, model, expression));
  return each.length === 1 ? (each[0] ?? '') : `(${each.map((text) => `(${text})`).join(' OR ')})`;
}

function versionExpression({ version, createdAt }: Version, model: Model, expression: Expression): string {
  const name = model.version ?? '';
  // Items that were stored before the contract had a version lack the attribute.
  const hasVersion =
    version === 0 ? `attribute_not_exists(${expression.name(name)})` : expression.compare(name, '=', version);
  if (createdAt === undefined) return hasVersion;
  const created = creationField(model) ?? '';
  const hasTime =
    createdAt === null
      ? `attribute_not_exists(${expression.name(created)})`
      : expression.compare(created, '=', createdAt);
  return `${hasVersion} AND ${hasTime}`;
}

/** Returns the state of an item. */
export function versionOf(item: Item, model: Model): Required<Version> {
  const version = item[model.version ?? ''];
  const createdAt = item[creationField(model) ?? ''];
  return {
    version: typeof version === 'number' ? version : 0,
    createdAt: typeof createdAt === 'string' ? createdAt : null,
  };
}

/** Whether the condition holds. @param item undefined when no item has the key */
export function holdsFor(condition: Condition | undefined, item: Item | undefined, model: Model): boolean {
  if (condition === undefined) return true;
  if (condition === 'absent' || !item) return condition === 'absent' && !item;
  if (condition === 'present') return true;
  const { version, createdAt } = versionOf(item, model);
  return condition.some(
    (state) => state.version === version && (state.createdAt === undefined || state.createdAt === createdAt),
  );
}
