/** Deletes an item. */
import { Faults } from '../../validation/faults';
import { keyOf } from '../item';
import type { Operation } from '../operation';
import { isUnmeetable, missingItem, prepareCondition, preconditionFailed, refusal } from '../precondition';
import { preparePathAndClaims, refuseBody, refuseQuery, throwFaults } from '../request-parts';
import { deleteItem, getItem } from '../store';

export const remove: Operation<'delete'> = (setup) => {
  const { model, route } = setup;
  const readPathAndClaims = preparePathAndClaims(setup);
  const readCondition = prepareCondition(setup, route.ifMatch === 'required');
  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    refuseBody(request, faults);
    const pathAndClaims = readPathAndClaims(request, faults);
    const condition = readCondition(request, faults);
    throwFaults(faults);
    const key = keyOf(pathAndClaims, model);
    if (isUnmeetable(condition)) throw preconditionFailed();
    if (condition === 'absent') {
      throw (await getItem(setup, key, true)) ? preconditionFailed() : missingItem(key, setup);
    }
    if (!(await deleteItem(setup, key, condition ?? 'present'))) throw refusal(condition, key, setup);
    return { status: 204 };
  };
};
