/** Reads an item. */
import { Faults } from '../../validation/faults';
import { etagOf, etagsIn } from '../etag';
import { itemAnswer } from '../item-answer';
import { keyOf } from '../item';
import type { Operation } from '../operation';
import { missingItem } from '../precondition';
import { preparePathAndClaims, refuseBody, refuseQuery, throwFaults } from '../request-parts';
import { getItem } from '../store';

export const read: Operation<'read'> = (setup) => {
  const { model, route } = setup;
  const readPathAndClaims = preparePathAndClaims(setup);
  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    refuseBody(request, faults);
    const pathAndClaims = readPathAndClaims(request, faults);
    throwFaults(faults);
    const key = keyOf(pathAndClaims, model);
    const item = await getItem(setup, key, route.consistent);
    if (!item) throw missingItem(key, setup);
    const etag = etagOf(item, model);
    if (etag !== undefined && matchesEtag(etag, request.headers['if-none-match']))
      return { status: 304, headers: { etag } };
    return itemAnswer(200, item, model);
  };
};

/** Whether If-None-Match contains the ETag. The comparison ignores `W/`, the mark of weak ETags (RFC 9110, 13.1.2). */
function matchesEtag(etag: string, ifNoneMatch = ''): boolean {
  const etags = etagsIn(ifNoneMatch);
  return etags === '*' || etags?.some((sent) => sent.replace(/^W\//, '') === etag) === true;
}
