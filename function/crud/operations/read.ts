/** Reads an item. */
import { Faults } from '../../validation/faults';
import { etagOf, etagsIn } from '../etag';
import { itemAnswer } from '../item-answer';
import { keyOf } from '../item';
import type { Operation } from '../operation';
import { missingItem } from '../precondition';
import { prepareGiven, refuseBody, refuseQuery, throwFaults } from '../request-parts';
import { getItem } from '../store';

export const read: Operation<'read'> = (setup) => {
  const { model, route } = setup;
  const readGiven = prepareGiven(setup);
  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    refuseBody(request, faults);
    const given = readGiven(request, faults);
    throwFaults(faults);
    const item = await getItem(setup, keyOf(given, model), route.consistent);
    if (!item) throw missingItem(given, setup);
    const etag = etagOf(item, model);
    if (etag !== undefined && isKnown(etag, request.headers['if-none-match']))
      return { status: 304, headers: { etag } };
    return itemAnswer(200, item, model);
  };
};

/** Whether the caller has this ETag already. If-None-Match ignores the weakness of an ETag (RFC 9110, 13.1.2). */
function isKnown(etag: string, ifNoneMatch = ''): boolean {
  const known = etagsIn(ifNoneMatch);
  return known === '*' || known?.some((one) => one.replace(/^W\//, '') === etag) === true;
}
