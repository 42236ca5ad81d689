/** Faults of the keywords that every route may have: `throttle` and `public`. */
import { notes, todos } from '../../support/contract/contracts';
import { comments } from '../../support/contract/handler-contracts';
import { faultsOf, ofRoute } from './faults';

const READ = { operation: 'read' };
const RATE = 'a whole number of requests a second from 1 to 10000';
const BURST = 'a whole number of requests from 1 to 5000';

describe('throttle', () => {
  const of = (throttle: unknown) => ofRoute(todos, 'GET ~todos~{id}', { ...READ, throttle });

  test('has a rate and a burst, for operations and for handlers', () => {
    expect(of({ rate: 1, burst: 1 })).toEqual([]);
    expect(of({ rate: 10_000, burst: 5_000 })).toEqual([]);
    const handler = { handler: 'other', responses: { 204: { description: 'Done' } }, throttle: { rate: 1, burst: 5 } };
    expect(ofRoute(comments, 'POST ~other', handler)).toEqual([]);
  });

  test.each<[unknown, string]>([
    [5, 'route.throttle must be an object such as { rate: 10, burst: 20 }, but was the number 5'],
    [{ rate: 5 }, `route.throttle.burst is missing; it must be ${BURST}`],
    [{ burst: 5 }, `route.throttle.rate is missing; it must be ${RATE}`],
    [{ rate: 0, burst: 1 }, `route.throttle.rate must be ${RATE}, but was the number 0`],
    [{ rate: 10_001, burst: 1 }, `route.throttle.rate must be ${RATE}, but was the number 10001`],
    [{ rate: 0.5, burst: 1 }, `route.throttle.rate must be ${RATE}, but was the number 0.5`],
    [{ rate: 1, burst: '5' }, `route.throttle.burst must be ${BURST}, but was the string "5"`],
    [
      { rate: 1, burst: 1, brust: 5 },
      'route.throttle.brust is not a keyword of throttle; known are rate, burst. Did you mean burst?',
    ],
  ])('%j is a fault', (throttle, message) => {
    expect(of(throttle)).toEqual([message]);
  });
});

describe('public', () => {
  const WHY = "a text that says why anybody may call, such as 'Visitors leave entries without signing in'";

  test('says why anybody may call a route with the auth none, in the contract or in the route', () => {
    expect(faultsOf(todos, { public: 'A guestbook' })).toEqual([]);
    expect(ofRoute(todos, 'GET ~todos~{id}', { ...READ, public: 'A guestbook' })).toEqual([]);
    const open = { handler: 'other', responses: { 204: { description: 'Done' } }, auth: 'none' };
    expect(faultsOf(notes, { public: 'A guestbook', 'routes/GET ~count': open })).toEqual([]);
  });

  test.each([true, '', '  ', 5])('%j is no text that says why', (value) => {
    expect(faultsOf(todos, { public: value })).toEqual([expect.stringContaining(`public must be ${WHY}, but was `)]);
    expect(ofRoute(todos, 'GET ~todos~{id}', { ...READ, public: value })).toEqual([
      expect.stringContaining(`route.public must be ${WHY}, but was `),
    ]);
  });

  test('contradicts the auth of a route that not everybody may call', () => {
    expect(ofRoute(todos, 'GET ~todos~{id}', { ...READ, auth: 'iam', public: 'All may read' })).toEqual([
      "route.public says why anybody may call the route, but its auth is 'iam'; leave it out, or set auth to 'none'",
    ]);
  });

  test('of a contract is a fault when no route has the auth none', () => {
    expect(faultsOf(notes, { public: 'All may write' })).toEqual([
      "public is not used by any route, because none has the auth 'none'; leave it out",
    ]);
  });
});
