/** Deletes an item. */
import { Faults } from '../../validation/faults';
import { keyOf } from '../item';
import type { Operation } from '../operation';
import { isUnmeetable, missingItem, prepareCondition, preconditionFailed, refusal } from '../precondition';
import { prepareGiven, refuseBody, refuseQuery, throwFaults } from '../request-parts';
import { deleteItem, getItem } from '../store';

export const remove: Operation<'delete'> = (setup) => {
  const { model, route } = setup;
  const readGiven = prepareGiven(setup);
  const readCondition = prepareCondition(setup, route.ifMatch === 'required');
  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    refuseBody(request, faults);
    const given = readGiven(request, faults);
    const condition = readCondition(request, faults);
    throwFaults(faults);
    const key = keyOf(given, model);
    if (isUnmeetable(condition)) throw preconditionFailed();
    if (condition === 'absent') {
      throw (await getItem(setup, key, true)) ? preconditionFailed() : missingItem(given, setup);
    }
    if (!(await deleteItem(setup, key, condition ?? 'present'))) throw refusal(condition, given, setup);
    return { status: 204 };
  };
};
