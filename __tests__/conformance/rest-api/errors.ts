/** Answers that a REST API gives itself, and the limits that it keeps. */
import type { Case } from '../support/case';
import {
  LAMBDA_ERRORS,
  LAMBDA_QUOTAS,
  LS_VALIDATOR,
  REST_KEYS,
  REST_QUOTAS,
  REST_RESPONSES,
  REST_THROTTLE,
} from '../support/sources';

const BAD_GATEWAY = {
  status: 502,
  json: { message: 'Internal server error' },
  headers: { 'x-amzn-errortype': 'InternalServerErrorException' },
};

const REFUSED = { status: 500, json: { message: 'Internal server error' } };

const FORBIDDEN = {
  status: 403,
  json: { message: 'Forbidden' },
  headers: { 'x-amzn-errortype': 'ForbiddenException' },
};

const TIMED_OUT = { status: 504, json: { message: 'Endpoint request timed out' } };

export const ERRORS: readonly Case[] = [
  { title: 'a handler that throws', source: LAMBDA_ERRORS, ask: { throw: 'no' }, seen: BAD_GATEWAY },
  { title: 'a handler that ends the process', source: LAMBDA_ERRORS, ask: { exit: 1 }, seen: BAD_GATEWAY },
  { title: 'an exception that nobody catches', source: LAMBDA_ERRORS, ask: { crash: 'late' }, seen: BAD_GATEWAY },
  {
    title: "a function that takes longer than Lambda's timeout",
    source: LAMBDA_ERRORS,
    request: { path: '/short' },
    ask: { sleepMs: 5000 },
    seen: BAD_GATEWAY,
  },
  {
    title: 'a function that the API may not invoke',
    source: LAMBDA_ERRORS,
    request: { path: '/locked' },
    seen: REFUSED,
  },
  {
    title: 'a function that has no concurrency left',
    source: LAMBDA_ERRORS,
    request: { path: '/reserved' },
    seen: REFUSED,
  },
  {
    title: 'an integration that takes longer than its timeout',
    source: REST_RESPONSES,
    request: { path: '/slow' },
    ask: { sleepMs: 2500 },
    seen: TIMED_OUT,
  },
  {
    title: 'an integration that takes longer than the 29 seconds that there are at most',
    source: REST_QUOTAS,
    ask: { sleepMs: 31_000 },
    seen: TIMED_OUT,
    slow: true,
  },
  {
    title: 'an integration that keeps within its timeout',
    source: REST_QUOTAS,
    request: { path: '/slow' },
    ask: { sleepMs: 200, return: { statusCode: 200, body: 'fine' } },
    seen: { status: 200, text: 'fine' },
  },
  {
    title: 'an error of its own is JSON',
    source: REST_RESPONSES,
    request: { path: '/nothing' },
    seen: { status: 403, headers: { 'content-type': 'application/json' } },
  },
  {
    title: 'every answer has the request id',
    source: REST_RESPONSES,
    ask: { return: { statusCode: 200 } },
    seen: { headers: { 'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/) } },
  },
];

export const KEYS: readonly Case[] = [
  { title: 'no API key', source: REST_KEYS, request: { path: '/key' }, seen: FORBIDDEN },
  {
    title: 'an API key that is none',
    source: REST_KEYS,
    request: { path: '/key', headers: [['x-api-key', 'wrong']] },
    seen: FORBIDDEN,
  },
  {
    title: 'an empty API key',
    source: REST_KEYS,
    request: { path: '/key', headers: [['x-api-key', '']] },
    seen: FORBIDDEN,
  },
  { title: 'an API key of a plan', source: REST_KEYS, key: 'open', request: { path: '/key' }, seen: { status: 200 } },
  {
    title: 'a method that needs none does not look at it',
    source: REST_KEYS,
    request: { headers: [['x-api-key', 'wrong']] },
    seen: { status: 200 },
  },
];

const JSON_BODY = { method: 'POST', path: '/validated', headers: [['Content-Type', 'application/json']] } as const;
const INVALID = { status: 400, json: { message: 'Invalid request body' } };

export const VALIDATION: readonly Case[] = [
  {
    title: 'a body that fits its model',
    source: LS_VALIDATOR,
    request: { ...JSON_BODY, body: '{"id":"1"}' },
    seen: { status: 200 },
  },
  { title: 'a body that does not', source: LS_VALIDATOR, request: { ...JSON_BODY, body: '{"id":1}' }, seen: INVALID },
  { title: 'a body that lacks something', source: LS_VALIDATOR, request: { ...JSON_BODY, body: '{}' }, seen: INVALID },
  {
    title: 'a body that is no JSON',
    source: REST_RESPONSES,
    request: { ...JSON_BODY, body: 'no' },
    seen: { status: 400 },
  },
];

export const LIMITS: readonly Case[] = [
  {
    title: 'a body above 10 MB',
    source: REST_QUOTAS,
    request: { method: 'POST', headers: [['Content-Type', 'text/plain']], body: 'x'.repeat(10 * 1024 * 1024 + 1) },
    seen: { status: 413 },
  },
  {
    title: "a body that makes an event above Lambda's 6 MB",
    source: LAMBDA_QUOTAS,
    request: { method: 'POST', headers: [['Content-Type', 'text/plain']], body: 'x'.repeat(6_300_000) },
    ask: { return: { statusCode: 200 } },
    seen: { status: [413, 500] },
  },
  {
    title: 'a body that makes an event of nearly 6 MB',
    source: LAMBDA_QUOTAS,
    request: { method: 'POST', headers: [['Content-Type', 'text/plain']], body: 'x'.repeat(6_200_000) },
    ask: { return: { statusCode: 200, body: 'fine' } },
    seen: { status: 200, text: 'fine' },
  },
  { title: "a result above Lambda's 6 MB", source: LAMBDA_QUOTAS, ask: { characters: 6_300_000 }, seen: BAD_GATEWAY },
  {
    title: 'a result of nearly 6 MB',
    source: LAMBDA_QUOTAS,
    ask: { characters: 6_200_000 },
    seen: { status: 200, text: /^x{100}/ },
  },
];

const BEST_EFFORT = 'AWS throttles by best effort: one request may pass';

const TOO_MANY = {
  status: 429,
  json: { message: 'Too Many Requests' },
  headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
};

export const THROTTLES: readonly Case[] = [
  {
    title: 'a method above its rate and burst: some of many at once are refused',
    source: REST_THROTTLE,
    request: { path: '/throttled' },
    times: 20,
    seen: { status: [200, 429] },
  },
  {
    title: 'what is said of it',
    source: REST_RESPONSES,
    request: { path: '/throttled' },
    seen: TOO_MANY,
    localOnly: BEST_EFFORT,
  },
  {
    title: 'another method has a throttle of its own',
    source: REST_THROTTLE,
    request: { path: '/pets' },
    times: 20,
    seen: { status: [200] },
  },
  {
    title: 'a key above the rate and burst of its plan',
    source: REST_THROTTLE,
    key: 'throttled',
    request: { path: '/key' },
    times: 20,
    seen: { status: [200, 429] },
  },
  {
    title: 'what is said of the key',
    source: REST_RESPONSES,
    key: 'throttled',
    request: { path: '/key' },
    seen: TOO_MANY,
    localOnly: BEST_EFFORT,
  },
  {
    title: 'a key above the quota of its plan: two a day',
    source: REST_THROTTLE,
    key: 'quota',
    request: { path: '/key' },
    times: 20,
    seen: { status: [200, 429] },
    localOnly: 'AWS counts quotas by best effort',
  },
  {
    title: 'what is said of the quota',
    source: REST_RESPONSES,
    key: 'quota',
    request: { path: '/key' },
    seen: {
      status: 429,
      json: { message: 'Limit Exceeded' },
      headers: { 'x-amzn-errortype': 'LimitExceededException' },
    },
    localOnly: 'AWS counts quotas by best effort',
  },
];
