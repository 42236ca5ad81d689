/** Adds a fixed number to a counter of an item. */
import { documentClient } from '../../dynamodb/client';
import { sendOnce } from '../../dynamodb/send-once';
import { Faults } from '../../validation/faults';
import { itemAnswer } from '../item-answer';
import { keyOf } from '../item';
import type { Operation } from '../operation';
import { missingItem } from '../precondition';
import { prepareGiven, refuseBody, refuseQuery, throwFaults } from '../request-parts';
import { updateItem } from '../store';
import { nextVersion } from '../write';

export const increment: Operation<'increment'> = (setup) => {
  const { model, route } = setup;
  const readGiven = prepareGiven(setup);
  // A retry after a lost answer would count twice.
  const onceClient = documentClient(1);
  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    refuseBody(request, faults);
    const given = readGiven(request, faults);
    throwFaults(faults);
    // The id of the request that last wrote the item stays: its retries still find their own write.
    const changes = nextVersion({ set: {}, add: { [route.field]: route.by } }, model);
    const after = await sendOnce(onceClient, (client) =>
      updateItem({ ...setup, client }, keyOf(given, model), changes, 'present'),
    );
    if (!after) throw missingItem(given, setup);
    return itemAnswer(200, after, model);
  };
};
