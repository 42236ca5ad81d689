/** Checks the keywords that every route may have. AuthChecks checks `auth` and `public`. */
import { MAX_BURST, MAX_RATE } from '../throttle';
import { isText, isWhole, type Place } from './place';

/** Keywords of every route. */
export const ROUTE_OPTIONS = ['auth', 'public', 'throttle', 'summary'];

export function checkRouteOptions(route: Place): void {
  route.optional('summary', 'a text', isText);
  if (route.has('throttle')) checkThrottle(route.field('throttle'));
}

/** Checks a throttle. It needs both limits: API Gateway takes a missing limit of an HTTP API as 0, and answers 429 to all requests. */
function checkThrottle(place: Place): void {
  if (!place.isObject('an object such as { rate: 10, burst: 20 }')) return;
  place.allowOnly(['rate', 'burst'], 'throttle');
  place.required('rate', `a whole number of requests a second from 1 to ${MAX_RATE}`, isWhole(1, MAX_RATE));
  place.required('burst', `a whole number of requests from 1 to ${MAX_BURST}`, isWhole(1, MAX_BURST));
}
