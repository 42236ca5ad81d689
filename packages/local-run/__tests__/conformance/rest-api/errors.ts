/** Error responses of a REST API, and its limits. */
import type { Case } from '../support/case';
import { failures, heads, sizes, timeouts } from '../support/probes';
import {
  LAMBDA_ERRORS,
  LS_V1_TRACE,
  LS_VALIDATOR,
  PIPE,
  REST_KEYS,
  REST_LOGS,
  REST_NOTES,
  REST_QUOTAS,
  REST_RESPONSES,
  REST_THROTTLE,
} from '../support/sources';

/** The extended request id, such as `JKJaXmPLvHcESHA=`. */
const EXTENDED_ID = expect.stringMatching(/^[\w-]{15}=$/) as unknown;

const BAD_GATEWAY = {
  status: 502,
  json: { message: 'Internal server error' },
  headers: { 'x-amzn-errortype': 'InternalServerErrorException' },
};

/** Source of the error type: recorded by curl, cn-northwest-1, 2020-06-23. */
const REFUSED = {
  status: 500,
  json: { message: 'Internal server error' },
  headers: { 'x-amzn-errortype': 'InternalServerErrorException' },
};

const FORBIDDEN = {
  status: 403,
  json: { message: 'Forbidden' },
  headers: { 'x-amzn-errortype': 'ForbiddenException' },
};

export const ERRORS: readonly Case[] = [
  ...failures(LAMBDA_ERRORS, BAD_GATEWAY),
  // Source of the error type: RhinoSecurityLabs/IPRotate_Burp_Extension, issue 17.
  ...timeouts(REST_QUOTAS, 29, {
    status: 504,
    json: { message: 'Endpoint request timed out' },
    headers: { 'x-amzn-errortype': 'InternalServerErrorException' },
  }),
  {
    title: 'a function that the API may not invoke causes an error response',
    source: LAMBDA_ERRORS,
    request: { path: '/locked' },
    expected: REFUSED,
  },
  {
    title: 'a function without free concurrency causes an error response',
    source: LAMBDA_ERRORS,
    request: { path: '/reserved' },
    expected: REFUSED,
  },
  ...['|', '{', '}'].map((character) => ({
    title: `refuses an unencoded ${character} in the query`,
    source: PIPE,
    request: { path: `/echo?q=a${character}b` },
    expected: { status: 400 },
  })),
  {
    title: 'accepts encoded |, { and } in the query',
    source: REST_NOTES,
    request: { path: '/echo?q=%7Ba%7Cb%7D' },
    expected: { status: 200, event: { queryStringParameters: { q: '{a|b}' } } },
  },
  {
    title: 'an error response of the gateway is JSON',
    source: REST_RESPONSES,
    request: { path: '/nothing' },
    expected: { status: 403, headers: { 'content-type': 'application/json' } },
  },
  {
    title: 'a response of the function has the request id',
    source: REST_RESPONSES,
    probe: { return: { statusCode: 200 } },
    expected: { headers: { 'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/) } },
  },
  {
    title: 'a response of the function has the extended request id',
    source: REST_LOGS,
    probe: { return: { statusCode: 200 } },
    expected: { headers: { 'x-amz-apigw-id': EXTENDED_ID } },
  },
  {
    title: 'an error response has the extended request id',
    source: REST_LOGS,
    request: { path: '/nothing' },
    expected: { status: 403, headers: { 'x-amz-apigw-id': EXTENDED_ID } },
  },
  {
    title: 'a response of the function has the trace header',
    source: LS_V1_TRACE,
    probe: { return: { statusCode: 200 } },
    expected: { headers: { 'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}/) } },
  },
  {
    title: 'an error response of the gateway has no trace header',
    source: LS_V1_TRACE,
    request: { path: '/nothing' },
    expected: { status: 403, headers: { 'x-amzn-trace-id': null } },
  },
];

export const KEYS: readonly Case[] = [
  { title: 'refuses a request without an API key', source: REST_KEYS, request: { path: '/key' }, expected: FORBIDDEN },
  {
    title: 'refuses an unknown API key',
    source: REST_KEYS,
    request: { path: '/key', headers: [['x-api-key', 'wrong']] },
    expected: FORBIDDEN,
  },
  {
    title: 'refuses an empty API key',
    source: REST_KEYS,
    request: { path: '/key', headers: [['x-api-key', '']] },
    expected: FORBIDDEN,
  },
  {
    title: 'accepts an API key of a usage plan',
    source: REST_KEYS,
    key: 'open',
    request: { path: '/key' },
    expected: { status: 200 },
  },
  {
    title: 'a method without apiKeyRequired ignores the API key',
    source: REST_KEYS,
    request: { headers: [['x-api-key', 'wrong']] },
    expected: { status: 200 },
  },
];

const JSON_BODY = { method: 'POST', path: '/validated', headers: [['Content-Type', 'application/json']] } as const;
/** Source of the error type: recorded by xh, an API with a request validator, 2024-02-07. */
const INVALID = {
  status: 400,
  json: { message: 'Invalid request body' },
  headers: { 'x-amzn-errortype': 'BadRequestException' },
};

export const VALIDATION: readonly Case[] = [
  {
    title: 'accepts a body that matches the model',
    source: LS_VALIDATOR,
    request: { ...JSON_BODY, body: '{"id":"1"}' },
    expected: { status: 200 },
  },
  {
    title: 'refuses a property of the wrong type',
    source: LS_VALIDATOR,
    request: { ...JSON_BODY, body: '{"id":1}' },
    expected: INVALID,
  },
  {
    title: 'refuses a body without a required property',
    source: LS_VALIDATOR,
    request: { ...JSON_BODY, body: '{}' },
    expected: INVALID,
  },
  {
    title: 'refuses a request without a body',
    source: LS_VALIDATOR,
    request: JSON_BODY,
    expected: { status: 400 },
  },
  {
    title: 'refuses a request without a body and without a content type',
    source: LS_VALIDATOR,
    request: { method: 'POST', path: '/validated' },
    expected: { status: 400 },
  },
  {
    title: 'validates a body without a content type',
    source: LS_VALIDATOR,
    request: { method: 'POST', path: '/validated', body: '{"id":1}' },
    expected: INVALID,
    localOnly: 'only a request without a body was recorded',
  },
  {
    title: 'refuses a body that is not JSON',
    source: REST_RESPONSES,
    request: { ...JSON_BODY, body: 'no' },
    expected: { status: 400 },
  },
];

export const LIMITS: readonly Case[] = [...sizes(REST_QUOTAS, BAD_GATEWAY), ...heads(REST_QUOTAS)];

const BEST_EFFORT = 'AWS throttles by best effort: one request may pass';

const TOO_MANY = {
  status: 429,
  json: { message: 'Too Many Requests' },
  headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
};

export const THROTTLES: readonly Case[] = [
  {
    title: 'a method refuses concurrent requests above its rate and burst',
    source: REST_THROTTLE,
    request: { path: '/throttled' },
    times: 20,
    expected: { status: [200, 429] },
  },
  {
    title: 'a throttled request gets 429 and a message',
    source: REST_RESPONSES,
    request: { path: '/throttled' },
    expected: TOO_MANY,
    localOnly: BEST_EFFORT,
  },
  {
    title: 'throttling a method does not throttle other methods',
    source: REST_THROTTLE,
    request: { path: '/pets' },
    times: 20,
    expected: { status: [200] },
  },
  {
    title: 'a usage plan refuses concurrent requests above its rate and burst',
    source: REST_THROTTLE,
    key: 'throttled',
    request: { path: '/key' },
    times: 20,
    expected: { status: [200, 429] },
  },
  {
    title: 'a request above the rate of its usage plan gets 429 and a message',
    source: REST_RESPONSES,
    key: 'throttled',
    request: { path: '/key' },
    expected: TOO_MANY,
    localOnly: BEST_EFFORT,
  },
  {
    title: 'a usage plan refuses requests above its quota of two a day',
    source: REST_THROTTLE,
    key: 'quota',
    request: { path: '/key' },
    times: 20,
    expected: { status: [200, 429] },
    localOnly: 'AWS counts quotas by best effort',
  },
  {
    title: 'a request above the quota gets 429 and a message',
    source: REST_RESPONSES,
    key: 'quota',
    request: { path: '/key' },
    expected: {
      status: 429,
      json: { message: 'Limit Exceeded' },
      headers: { 'x-amzn-errortype': 'LimitExceededException' },
    },
    localOnly: 'AWS counts quotas by best effort',
  },
];
