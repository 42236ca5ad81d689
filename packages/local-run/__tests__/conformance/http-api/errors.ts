/** Error responses of an HTTP API, and its limits. */
import type { Case } from '../support/case';
import { failures, heads, sizes, timeouts } from '../support/probes';
import { HTTP_LAMBDA, HTTP_QUOTAS, HTTP_THROTTLE, LAMBDA_ERRORS, LS_V2_CRASH, VOKER_PATHS } from '../support/sources';

const SERVER_ERROR = { status: 500, json: { message: 'Internal Server Error' } };

export const ERRORS: readonly Case[] = [
  ...failures(LS_V2_CRASH, SERVER_ERROR),
  ...timeouts(HTTP_QUOTAS, 30, { status: 503, json: { message: 'Service Unavailable' } }),
  {
    title: 'a function that the API may not invoke causes an error response',
    source: HTTP_LAMBDA,
    request: { path: '/locked' },
    expected: SERVER_ERROR,
  },
  {
    // The Lambda developer guide documents 500 for each refused invocation. Users report 503 for HTTP APIs.
    title: 'a function without free concurrency causes an error response',
    source: LAMBDA_ERRORS,
    request: { path: '/reserved' },
    expected: { status: [500, 503] },
  },
  {
    title: 'an error response of the gateway is JSON',
    source: LS_V2_CRASH,
    probe: { throw: 'no' },
    expected: { status: 500, headers: { 'content-type': expect.stringMatching(/^application\/json/) } },
  },
  {
    title: 'a response of the function has the request id',
    source: LS_V2_CRASH,
    probe: { return: { statusCode: 200 } },
    expected: { headers: { 'apigw-requestid': expect.stringMatching(/=$/) } },
  },
  {
    title: 'an error response has the request id',
    source: LS_V2_CRASH,
    probe: { throw: 'no' },
    expected: { headers: { 'apigw-requestid': expect.stringMatching(/=$/) } },
  },
  {
    title: 'refuses a path that cannot be decoded',
    source: VOKER_PATHS,
    request: { path: '/capture/percent%25done' },
    expected: { status: 400, json: { message: 'Bad Request' } },
    localOnly: 'the recording has the status without the body',
  },
];

export const LIMITS: readonly Case[] = [...sizes(HTTP_QUOTAS, SERVER_ERROR), ...heads(HTTP_QUOTAS)];

export const THROTTLES: readonly Case[] = [
  {
    title: 'a route refuses concurrent requests above its rate and burst',
    source: HTTP_THROTTLE,
    request: { path: '/throttled' },
    times: 20,
    expected: { status: [200, 429] },
  },
  {
    title: 'a throttled request gets 429 and a message',
    source: HTTP_THROTTLE,
    request: { path: '/throttled' },
    expected: { status: 429, json: { message: 'Too Many Requests' } },
    localOnly: 'AWS throttles by best effort: one request may pass',
  },
  {
    title: 'throttling a route does not throttle other routes',
    source: HTTP_THROTTLE,
    request: { path: '/pets' },
    times: 20,
    expected: { status: [200] },
  },
];
