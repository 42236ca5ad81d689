/** CORS of a REST API: MOCK integrations answer preflight requests, and gateway responses add headers to errors. */
import type { Case, Expected, ProbeOrder } from '../support/case';
import { CDK_CORS, REST_GATEWAY_RESPONSES, REST_MOCK, REST_RESPONSES } from '../support/sources';

const ORIGIN = 'https://app.example.com';

interface Call {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly probe?: ProbeOrder;
}

const call = (title: string, path: string, expected: Expected, options: Call = {}, source = REST_MOCK): Case => {
  const { probe, ...request } = options;
  return { title, source, api: 'pages', request: { path, ...request }, ...(probe && { probe }), expected };
};

const PREFLIGHT = {
  method: 'OPTIONS',
  headers: [
    ['Origin', ORIGIN],
    ['Access-Control-Request-Method', 'PUT'],
  ],
} as const;

export const MOCKS: readonly Case[] = [
  call(
    'a MOCK integration answers a preflight request with the headers of its response',
    '/page',
    {
      status: 204,
      text: '',
      headers: {
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-methods': 'GET,PUT',
        'access-control-allow-headers': 'content-type,x-one',
      },
    },
    PREFLIGHT,
  ),
  call(
    'a MOCK response has the request id',
    '/page',
    {
      headers: { 'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/) },
    },
    PREFLIGHT,
  ),
  ...[
    ['a template can allow one of several origins', 'https://shop.example.org', 'https://shop.example.org'],
    ['a template keeps the configured origin for another origin', 'https://evil.example.com', ORIGIN],
  ].map(([title = '', origin = '', expected]) =>
    call(
      title,
      '/shared',
      { status: 204, text: '', headers: { 'access-control-allow-origin': expected } },
      { ...PREFLIGHT, headers: [['Origin', origin], ...PREFLIGHT.headers.slice(1)] },
      CDK_CORS,
    ),
  ),
  call('the status of the request template selects the response', '/chosen', {
    status: 404,
    json: { message: 'none' },
  }),
  call(
    'without a matching response, the answer is 500',
    '/unmatched',
    {
      status: 503,
      json: { error: 'Internal server error', type: 'API_CONFIGURATION_ERROR' },
    },
    {},
    REST_RESPONSES,
  ),
  call(
    'passthrough NEVER refuses another content type',
    '/strict',
    { status: 415 },
    {
      headers: [['Content-Type', 'text/plain']],
    },
  ),
];

const asked = { headers: [['X-Asked', 'yes']] } as const;

export const GATEWAY_RESPONSES: readonly Case[] = [
  call(
    'DEFAULT_4XX adds headers to an error without a response of its own',
    '/nothing',
    {
      status: 403,
      json: { message: 'Missing Authentication Token' },
      headers: { 'access-control-allow-origin': ORIGIN, 'x-asked': null },
    },
    {},
    REST_GATEWAY_RESPONSES,
  ),
  call(
    'a header can have a value of the request',
    '/nothing',
    { headers: { 'x-asked': 'yes' } },
    asked,
    REST_GATEWAY_RESPONSES,
  ),
  call(
    'DEFAULT_4XX adds headers to the refusal of an authorizer',
    '/page',
    {
      status: 403,
      headers: { 'access-control-allow-origin': ORIGIN },
      json: { message: expect.stringMatching(/^User is not authorized/) as unknown },
    },
    { headers: [['x-auth', 'deny']] },
    REST_GATEWAY_RESPONSES,
  ),
  call(
    'a response of a type replaces DEFAULT_4XX: status, header and body',
    '/page',
    {
      status: 418,
      json: { message: 'Unauthorized', stage: 'test' },
      headers: { 'www-authenticate': 'Custom', 'access-control-allow-origin': null },
    },
    {},
    REST_GATEWAY_RESPONSES,
  ),
  call(
    'the header Accept selects the template',
    '/page',
    {
      status: 418,
      text: 'who are you?',
      headers: { 'content-type': 'text/plain' },
    },
    { headers: [['Accept', 'text/plain']] },
    REST_GATEWAY_RESPONSES,
  ),
  call(
    'DEFAULT_5XX changes the error of a function that throws',
    '/crash',
    {
      status: 503,
      json: { error: 'Internal server error', type: 'DEFAULT_5XX' },
      headers: { 'access-control-allow-origin': '*' },
    },
    { probe: { throw: 'no' } },
    REST_GATEWAY_RESPONSES,
  ),
  call(
    'gateway responses do not change the response of a function',
    '/crash',
    {
      status: 404,
      text: 'mine',
      headers: { 'access-control-allow-origin': null },
    },
    { probe: { return: { statusCode: 404, body: 'mine' } } },
    REST_GATEWAY_RESPONSES,
  ),
];
