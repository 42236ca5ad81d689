/** CORS that is configured on the API. */
import { ORIGIN } from '../fixture/http-api';
import type { Case } from '../support/case';
import { HTTP_CORS } from '../support/sources';

const preflight = (
  title: string,
  headers: readonly (readonly [string, string])[],
  expected: Case['expected'],
  path?: string,
): Case => ({
  title,
  source: HTTP_CORS,
  request: { method: 'OPTIONS', headers, ...(path !== undefined && { path }) },
  expected,
});

const PREFLIGHT_HEADERS = [
  ['Origin', ORIGIN],
  ['Access-Control-Request-Method', 'PUT'],
  ['Access-Control-Request-Headers', 'content-type'],
] as const;

const ALLOWED = { 'access-control-allow-origin': ORIGIN, 'access-control-allow-credentials': 'true' };
const REFUSED = { 'access-control-allow-origin': null };

/** What a function sends counts for nothing. */
const OWN = { 'Access-Control-Allow-Origin': 'https://other.example.com', 'access-control-allow-methods': 'DELETE' };

export const CORS: readonly Case[] = [
  preflight('a preflight is answered by the gateway', PREFLIGHT_HEADERS, { status: 204, text: '', headers: ALLOWED }),
  preflight(
    'a preflight of a path that has no route',
    PREFLIGHT_HEADERS,
    { status: 204, headers: ALLOWED },
    '/nothing',
  ),
  preflight(
    'a preflight of a route that would be throttled',
    PREFLIGHT_HEADERS,
    { status: 204, headers: ALLOWED },
    '/throttled',
  ),
  preflight('the methods that are allowed', PREFLIGHT_HEADERS, {
    headers: { 'access-control-allow-methods': expect.stringMatching(/^GET, ?PUT$|^PUT, ?GET$/) },
  }),
  preflight('the headers that are allowed', PREFLIGHT_HEADERS, {
    headers: { 'access-control-allow-headers': expect.stringMatching(/^content-type, ?x-one$|^x-one, ?content-type$/) },
  }),
  preflight('how long the browser may remember it', PREFLIGHT_HEADERS, {
    headers: { 'access-control-max-age': '300' },
  }),
  preflight('an origin that is not allowed', [['Origin', 'https://evil.example.com'], ...PREFLIGHT_HEADERS.slice(1)], {
    headers: REFUSED,
  }),
  preflight(
    'any origin that begins with http://',
    [['Origin', 'http://anything.example.com'], ...PREFLIGHT_HEADERS.slice(1)],
    {
      status: 204,
      headers: { 'access-control-allow-origin': 'http://anything.example.com' },
    },
  ),
  preflight('OPTIONS without an origin goes to the route', [], { status: 200, event: { routeKey: 'ANY /echo' } }),
  preflight('OPTIONS without a method asked for goes to the route', [['Origin', ORIGIN]], {
    status: 200,
    event: { routeKey: 'ANY /echo' },
  }),
  {
    title: 'an answer gets the headers of the configuration',
    source: HTTP_CORS,
    request: { headers: [['Origin', ORIGIN]] },
    probe: { return: { statusCode: 200, body: 'fine' } },
    expected: { status: 200, text: 'fine', headers: { ...ALLOWED, 'access-control-expose-headers': 'x-two' } },
  },
  {
    title: "a function's own CORS headers are replaced",
    source: HTTP_CORS,
    request: { headers: [['Origin', ORIGIN]] },
    probe: { return: { statusCode: 200, headers: OWN } },
    expected: { status: 200, headers: { ...ALLOWED, 'access-control-allow-methods': null } },
  },
  {
    title: "a function's own CORS headers count for nothing for an origin that is not allowed",
    source: HTTP_CORS,
    request: { headers: [['Origin', 'https://evil.example.com']] },
    probe: { return: { statusCode: 200, headers: OWN } },
    expected: { status: 200, headers: REFUSED },
  },
  {
    title: 'an answer to a request without an origin has no CORS headers',
    source: HTTP_CORS,
    probe: { return: { statusCode: 200, headers: OWN } },
    expected: { status: 200, headers: REFUSED },
  },
  {
    title: 'without a configuration the function decides',
    source: HTTP_CORS,
    api: 'named',
    request: { headers: [['Origin', ORIGIN]] },
    probe: { return: { statusCode: 200, headers: OWN } },
    expected: { status: 200, headers: { 'access-control-allow-origin': 'https://other.example.com' } },
  },
  {
    title: 'without a configuration a preflight goes to the route',
    source: HTTP_CORS,
    api: 'named',
    request: { method: 'OPTIONS', headers: PREFLIGHT_HEADERS },
    expected: { status: 200, event: { routeKey: '$default' } },
  },
];
