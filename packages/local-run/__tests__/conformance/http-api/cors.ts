/** HTTP APIs with and without a CORS configuration. */
import { ORIGIN } from '../fixture/http-api';
import type { Case } from '../support/case';
import { HTTP_CORS } from '../support/sources';

const preflight = (
  title: string,
  headers: readonly (readonly [string, string])[],
  expected: Case['expected'],
  path = '/put',
): Case => ({ title, source: HTTP_CORS, request: { method: 'OPTIONS', headers, path }, expected });

const PREFLIGHT_HEADERS = [
  ['Origin', ORIGIN],
  ['Access-Control-Request-Method', 'PUT'],
  ['Access-Control-Request-Headers', 'content-type'],
] as const;

const ALLOWED = { 'access-control-allow-origin': ORIGIN, 'access-control-allow-credentials': 'true' };
const REFUSED = { 'access-control-allow-origin': null };

/** CORS headers that a function returns. The gateway ignores them when the API has a CORS configuration. */
const FUNCTION_HEADERS = {
  'Access-Control-Allow-Origin': 'https://other.example.com',
  'access-control-allow-methods': 'DELETE',
};

export const CORS: readonly Case[] = [
  preflight('the gateway answers a preflight request', PREFLIGHT_HEADERS, { status: 204, text: '', headers: ALLOWED }),
  preflight(
    'the gateway answers a preflight request for a path without a route',
    PREFLIGHT_HEADERS,
    { status: 204, headers: ALLOWED },
    '/nothing',
  ),
  preflight(
    'the gateway answers a preflight request for a throttled route',
    PREFLIGHT_HEADERS,
    { status: 204, headers: ALLOWED },
    '/throttled',
  ),
  preflight('a preflight response lists the allowed methods', PREFLIGHT_HEADERS, {
    headers: { 'access-control-allow-methods': expect.stringMatching(/^GET, ?PUT$|^PUT, ?GET$/) },
  }),
  preflight('a preflight response lists the allowed headers', PREFLIGHT_HEADERS, {
    headers: { 'access-control-allow-headers': expect.stringMatching(/^content-type, ?x-one$|^x-one, ?content-type$/) },
  }),
  preflight('a preflight response has the configured max-age', PREFLIGHT_HEADERS, {
    headers: { 'access-control-max-age': '300' },
  }),
  preflight(
    'a preflight response for another origin allows nothing',
    [['Origin', 'https://evil.example.com'], ...PREFLIGHT_HEADERS.slice(1)],
    {
      headers: REFUSED,
    },
  ),
  preflight(
    'http://* allows every http:// origin',
    [['Origin', 'http://anything.example.com'], ...PREFLIGHT_HEADERS.slice(1)],
    {
      status: 204,
      headers: { 'access-control-allow-origin': 'http://anything.example.com' },
    },
  ),
  preflight('OPTIONS without Origin goes to the route', [], { status: 200, event: { routeKey: 'ANY /echo' } }, '/echo'),
  preflight(
    'OPTIONS without Access-Control-Request-Method goes to the route',
    [['Origin', ORIGIN]],
    { status: 200, event: { routeKey: 'ANY /echo' } },
    '/echo',
  ),
  {
    title: 'a response has the configured CORS headers',
    source: HTTP_CORS,
    request: { headers: [['Origin', ORIGIN]] },
    probe: { return: { statusCode: 200, body: 'fine' } },
    expected: { status: 200, text: 'fine', headers: { ...ALLOWED, 'access-control-expose-headers': 'x-two' } },
  },
  {
    title: "the configured CORS headers replace the function's",
    source: HTTP_CORS,
    request: { headers: [['Origin', ORIGIN]] },
    probe: { return: { statusCode: 200, headers: FUNCTION_HEADERS } },
    expected: { status: 200, headers: { ...ALLOWED, 'access-control-allow-methods': null } },
  },
  {
    title: "the function's CORS headers are removed for an origin that is not allowed",
    source: HTTP_CORS,
    request: { headers: [['Origin', 'https://evil.example.com']] },
    probe: { return: { statusCode: 200, headers: FUNCTION_HEADERS } },
    expected: { status: 200, headers: REFUSED },
  },
  {
    title: 'a response to a request without Origin has no CORS headers',
    source: HTTP_CORS,
    probe: { return: { statusCode: 200, headers: FUNCTION_HEADERS } },
    expected: { status: 200, headers: REFUSED },
  },
  {
    title: 'without a CORS configuration, the function sets the CORS headers',
    source: HTTP_CORS,
    api: 'named',
    request: { headers: [['Origin', ORIGIN]] },
    probe: { return: { statusCode: 200, headers: FUNCTION_HEADERS } },
    expected: { status: 200, headers: { 'access-control-allow-origin': 'https://other.example.com' } },
  },
  {
    title: 'without a CORS configuration, a preflight request goes to the route',
    source: HTTP_CORS,
    api: 'named',
    request: { method: 'OPTIONS', headers: PREFLIGHT_HEADERS },
    expected: { status: 200, event: { routeKey: '$default' } },
  },
];

/** Preflight requests to routes with an authorizer. A browser sends them without credentials. */
export const CORS_WITH_AUTHORIZERS: readonly Case[] = [
  preflight('a JWT authorizer of ANY refuses a preflight request', PREFLIGHT_HEADERS, { status: 401 }, '/jwt/a'),
  preflight('a Lambda authorizer of ANY refuses a preflight request', PREFLIGHT_HEADERS, { status: 401 }, '/simple/a'),
  preflight('a JWT authorizer of $default refuses a preflight request', PREFLIGHT_HEADERS, { status: 401 }, '/other'),
  preflight(
    'a route for OPTIONS without an authorizer gets preflight requests',
    PREFLIGHT_HEADERS,
    { status: 200, event: { routeKey: 'OPTIONS /free/{proxy+}' }, headers: { 'access-control-allow-origin': ORIGIN } },
    '/free/a',
  ),
];
