/** Changes fields of an item with a JSON Merge Patch (RFC 7396). */
import { setTimeout } from 'node:timers/promises';
import type { Model } from '../../contract/model';
import { checkValue } from '../../validation/check-value';
import { Faults } from '../../validation/faults';
import { Problem } from '../../http/problem';
import type { Request } from '../../http/serve';
import { type Condition, holdsFor, versionOf } from '../condition';
import { itemAnswer } from '../item-answer';
import { type Item, keyOf } from '../item';
import { mergePatch } from '../merge-patch';
import type { Operation } from '../operation';
import { type Patch, preparePatch } from '../patch';
import { isUnmeetable, missingItem, prepareCondition, preconditionFailed, refusal } from '../precondition';
import { preparePathAndClaims, refuseQuery, throwFaults } from '../request-parts';
import { getItem, updateItem } from '../store';
import { addWriteFields } from '../write';

/** Maximum number of tries. The delays between them add up to at most 1.3 s. */
const MAX_TRIES = 7;

/** The first delay is random, from 0 to twice this value. The maximum doubles with each further delay. */
const BASE_DELAY_MS = 10;

export const update: Operation<'update'> = (setup) => {
  const { model, route } = setup;
  const readPathAndClaims = preparePathAndClaims(setup);
  const readPatch = preparePatch(setup);
  const readCondition = prepareCondition(setup, route.ifMatch === 'required');

  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    const pathAndClaims = readPathAndClaims(request, faults);
    const patch = readPatch(request, faults);
    const condition = readCondition(request, faults);
    throwFaults(faults);
    if (isUnmeetable(condition)) throw preconditionFailed();
    const key = keyOf(pathAndClaims, model);
    if (isEmpty(patch.objects)) {
      const changesNothing = isEmpty(patch.set) && patch.remove.length === 0;
      const after =
        changesNothing || condition === 'absent'
          ? await readMatching(key, condition)
          : await writeFields(key, patch, condition, request);
      if (after) return itemAnswer(200, after, model);
    } else {
      const after = await mergeObjects(key, patch, condition, request);
      if (after) return itemAnswer(200, after, model);
    }
    throw condition === 'absent' ? missingItem(key, setup) : refusal(condition, key, setup);
  };

  /** Reads the item. @throws Problem 412 when the item does not meet the condition */
  async function readMatching(key: Item, condition: Condition | undefined): Promise<Item | undefined> {
    const item = await getItem(setup, key, true);
    if (item && !holdsFor(condition, item, model)) throw preconditionFailed();
    return item;
  }

  /**
   * Writes the patch with one call.
   * @returns undefined when the condition does not hold, or the item lacks an object of the patch
   */
  function writeFields(
    key: Item,
    { set, remove, nested }: Patch,
    condition: Condition | undefined,
    request: Request,
  ): Promise<Item | undefined> {
    return updateItem(setup, key, addWriteFields({ set, remove, nested }, request, model), condition ?? 'present');
  }

  /**
   * Merges the objects of the patch with the objects in the item. One call suffices if the item has all of these objects.
   * Otherwise, reads the item, merges, and writes the result unless another request has changed the item in between.
   */
  async function mergeObjects(
    key: Item,
    patch: Patch,
    condition: Condition | undefined,
    request: Request,
  ): Promise<Item | undefined> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const changed = patch.nested && condition !== 'absent' && (await writeFields(key, patch, condition, request));
      if (changed) return changed;
      const item = await readMatching(key, condition);
      if (!item) return undefined;
      const changes = { set: { ...patch.set, ...mergedObjects(item, patch, model) }, remove: patch.remove };
      const after = await updateItem(setup, key, addWriteFields(changes, request, model), [versionOf(item, model)]);
      if (after) return after;
      if (condition !== undefined) throw preconditionFailed();
      if (tries < MAX_TRIES) await setTimeout(Math.random() * BASE_DELAY_MS * 2 ** tries);
    }
    throw busy();
  }
};

/** @throws Problem 400 when a merged object does not fit its schema */
function mergedObjects(item: Item, { objects }: Patch, { api }: Model): Item {
  const faults = new Faults();
  const merged = Object.entries(objects).map(([name, patch]) => {
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

function isEmpty(object: Item): boolean {
  return Object.keys(object).length === 0;
}
