/** Adds a fixed number to a counter of an item. */
import { documentClient } from '../../dynamodb/client';
import { sendOnce } from '../../dynamodb/send-once';
import { Faults } from '../../validation/faults';
import { itemAnswer } from '../item-answer';
import { keyOf } from '../item';
import type { Operation } from '../operation';
import { missingItem } from '../precondition';
import { preparePathAndClaims, refuseBody, refuseQuery, throwFaults } from '../request-parts';
import { updateItem } from '../store';
import { addNextVersion } from '../write';

export const increment: Operation<'increment'> = (setup) => {
  const { model, route } = setup;
  const readPathAndClaims = preparePathAndClaims(setup);
  // Without retries by the SDK: a retry after a lost answer would count twice.
  const clientWithoutRetries = documentClient(1);
  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    refuseBody(request, faults);
    const pathAndClaims = readPathAndClaims(request, faults);
    throwFaults(faults);
    const key = keyOf(pathAndClaims, model);
    // Leaves WRITTEN_BY unchanged: a pending retry of the last write must still recognize its first attempt.
    const changes = addNextVersion({ set: {}, add: { [route.field]: route.by } }, model);
    const after = await sendOnce(clientWithoutRetries, (client) =>
      updateItem({ ...setup, client }, key, changes, 'present'),
    );
    if (!after) throw missingItem(key, setup);
    return itemAnswer(200, after, model);
  };
};
