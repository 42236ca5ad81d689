/** Replaces an item, or creates the item under the key in the path. */
import { Faults } from '../../validation/faults';
import { Problem } from '../../http/problem';
import type { Answer, Request } from '../../http/serve';
import { prepareNewBody } from '../body';
import type { Condition } from '../condition';
import { itemAnswer, prepareCreatedAnswer } from '../item-answer';
import { CREATED_BY, type Item, keyOf, toStored, WRITTEN_BY } from '../item';
import { newItem } from '../new-item';
import type { Operation } from '../operation';
import { isUnmeetable, missingItem, prepareCondition, preconditionFailed, refusal } from '../precondition';
import { preparePathAndClaims, refuseQuery, throwFaults } from '../request-parts';
import { getItem, updateItem } from '../store';
import { addWriteFields } from '../write';

/** Maximum number of tries while other requests create and delete the item between the two writes of a try. */
const MAX_TRIES = 5;

export const replace: Operation<'replace'> = (setup) => {
  const { model, route } = setup;
  const readPathAndClaims = preparePathAndClaims(setup);
  const readBody = prepareNewBody(setup);
  const readCondition = prepareCondition(setup, route.ifMatch === 'required');
  const createdAnswer = prepareCreatedAnswer(setup);
  const fields = Object.keys(model.api.item.properties).filter((name) => !model.keys.includes(name));
  const canCreate = route.create !== false;

  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    const pathAndClaims = readPathAndClaims(request, faults);
    const body = readBody(request, faults);
    const condition = readCondition(request, faults);
    throwFaults(faults);
    const key = keyOf(pathAndClaims, model);
    if (isUnmeetable(condition)) throw preconditionFailed();
    if (condition === 'absent' && !canCreate) {
      throw (await getItem(setup, key, true)) ? preconditionFailed() : missingItem(key, setup);
    }
    const sent = { ...body, ...pathAndClaims };
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const answer =
        (condition === 'absent' ? undefined : await replaceItem(sent, condition ?? 'present', request)) ??
        (canCreate && (condition === undefined || condition === 'absent')
          ? await createItem(sent, request)
          : undefined);
      if (answer) return answer;
      if (condition !== undefined || !canCreate) throw refusal(condition, key, setup);
    }
    throw new Problem(503, 'Other requests create and delete this item at the same time. Try again in 1 second.', {
      headers: { 'retry-after': '1' },
    });
  };

  /** Replaces the fields of an item. @returns undefined when the condition does not hold */
  async function replaceItem(sent: Item, condition: Condition, request: Request): Promise<Answer | undefined> {
    const item = toStored(sent, model);
    const set: Item = {};
    for (const name of fields) if (item[name] !== undefined) set[name] = item[name];
    const remove = fields.filter((name) => item[name] === undefined);
    const changes = addWriteFields({ set, remove }, request, model);
    const after = await updateItem(setup, keyOf(item, model), changes, condition);
    return after && itemAnswer(200, after, model);
  }

  /**
   * Creates the item with UpdateItem, so that the route needs only one permission for its writes.
   * @returns undefined when an item has the key
   */
  async function createItem(sent: Item, request: Request): Promise<Answer | undefined> {
    const item = newItem(sent, model);
    const set = Object.fromEntries(Object.entries(item).filter(([name]) => !model.keys.includes(name)));
    set[WRITTEN_BY] = request.id;
    // An expired item with this key may still have this attribute, from a create with an Idempotency-Key.
    const remove = [...fields.filter((name) => set[name] === undefined), CREATED_BY];
    const after = await updateItem(setup, keyOf(item, model), { set, remove }, 'absent');
    return after && createdAnswer(after, request);
  }
};
