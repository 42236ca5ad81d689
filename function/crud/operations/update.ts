/** Changes fields of an item: a JSON Merge Patch (RFC 7396). */
import { setTimeout } from 'node:timers/promises';
import type { Model } from '../../contract/model';
import type { Schema } from '../../contract/schema';
import { checkValue } from '../../validation/check-value';
import { Faults } from '../../validation/faults';
import { Problem } from '../../http/problem';
import type { Request } from '../../http/serve';
import { isObject } from '../../http/value';
import { PATCH_TYPES, prepareBody } from '../body';
import { type Condition, holdsFor, versionOf } from '../condition';
import { itemAnswer } from '../item-answer';
import { type Item, keyOf, toStored } from '../item';
import { mergePatch } from '../merge-patch';
import type { Operation, RouteSetup } from '../operation';
import { partialSchema } from '../partial-schema';
import { isUnmeetable, missingItem, prepareCondition, preconditionFailed, refusal } from '../precondition';
import { prepareGiven, refuseQuery, throwFaults } from '../request-parts';
import { getItem, updateItem } from '../store';
import { asWrite } from '../write';

/** Merges of one item wait for each other, with random delays, until this time is over. */
const TRIES_TIMEOUT_MS = 4500;

const MIN_DELAY_MS = 10;
const MAX_DELAY_MS = 600;

/** A checked patch. */
interface Patch {
  readonly set: Item;
  readonly remove: readonly string[];
  /** Patches of objects. Each is merged with the object in the item. */
  readonly merge: Item;
}

export const update: Operation<'update'> = (setup) => {
  const { model, route } = setup;
  const readGiven = prepareGiven(setup);
  const readPatch = preparePatch(setup);
  const readCondition = prepareCondition(setup, route.ifMatch === 'required');

  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    const given = readGiven(request, faults);
    const patch = readPatch(request, faults);
    const condition = readCondition(request, faults);
    throwFaults(faults);
    if (isUnmeetable(condition)) throw preconditionFailed();
    const key = keyOf(given, model);
    if (isEmpty(patch.merge)) {
      const changesNothing = isEmpty(patch.set) && patch.remove.length === 0;
      const after =
        changesNothing || condition === 'absent'
          ? await readUnchanged(key, condition)
          : await updateItem(setup, key, asWrite(patch, request, model), condition ?? 'present');
      if (after) return itemAnswer(200, after, model);
    } else {
      const after = await mergeItem(key, patch, condition, request);
      if (after) return itemAnswer(200, after, model);
    }
    throw condition === 'absent' ? missingItem(given, setup) : refusal(condition, given, setup);
  };

  /** @throws Problem 412 when the item does not meet the condition */
  async function readUnchanged(key: Item, condition: Condition | undefined): Promise<Item | undefined> {
    const item = await getItem(setup, key, true);
    if (item && !holdsFor(condition, item, model)) throw preconditionFailed();
    return item;
  }

  /** Merges objects with those in the item: reads the item, and writes it if nobody else has written it since. */
  async function mergeItem(
    key: Item,
    patch: Patch,
    condition: Condition | undefined,
    request: Request,
  ): Promise<Item | undefined> {
    const start = Date.now();
    for (let tries = 1; ; tries += 1) {
      const item = await readUnchanged(key, condition);
      if (!item) return undefined;
      const changes = { set: { ...patch.set, ...mergeObjects(item, patch, model) }, remove: patch.remove };
      const after = await updateItem(setup, key, asWrite(changes, request, model), [versionOf(item, model)]);
      if (after) return after;
      if (condition !== undefined) throw preconditionFailed();
      if (Date.now() - start > TRIES_TIMEOUT_MS) throw busy();
      await setTimeout(Math.random() * Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** tries));
    }
  }
};

/** @throws Problem 400 when a merged object does not fit its schema */
function mergeObjects(item: Item, { merge }: Patch, { api }: Model): Item {
  const faults = new Faults();
  const merged = Object.entries(merge).map(([name, patch]) => {
    const value = mergePatch(item[name], patch);
    const schema = api.item.properties[name];
    if (schema) checkValue(value, schema, faults, name);
    return [name, value] as const;
  });
  throwFaults(faults);
  return Object.fromEntries(merged);
}

function busy(): Problem {
  return new Problem(503, 'Other requests keep changing this item. Try again in 1 second or later.', {
    headers: { 'retry-after': '1' },
  });
}

/** @returns a function that reads and checks the body */
function preparePatch(setup: RouteSetup<unknown>): (request: Request, faults: Faults) => Patch {
  const { model } = setup;
  const { schema, rules, parse } = prepareBody(setup, PATCH_TYPES);
  const { properties, required = [] } = schema;
  const partial = partialSchema(schema);
  return (request, faults) => {
    const [set, merge, remove]: [[string, unknown][], [string, unknown][], string[]] = [[], [], []];
    for (const [name, value] of Object.entries(parse(request, faults) ?? {})) {
      const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (field && value === null) {
        if (field.default !== undefined) set.push([name, structuredClone(field.default)]);
        else if (required.includes(name)) faults.add(name, 'is required, so null cannot remove it');
        else remove.push(name);
      } else if (isObject(value) && isObjectSchema(field)) merge.push([name, value]);
      else set.push([name, value]);
    }
    const fields: Item = Object.fromEntries(set);
    checkValue(fields, partial, faults, '', rules);
    return { set: toStored(fields, model), remove, merge: Object.fromEntries(merge) };
  };
}

function isObjectSchema(field: Schema | undefined): boolean {
  return field?.type === 'object' || field?.type?.[0] === 'object';
}

function isEmpty(object: Item): boolean {
  return Object.keys(object).length === 0;
}
