/** Answers that an HTTP API gives itself, and the limits that it keeps. */
import type { Case } from '../support/case';
import { failures, heads, sizes, timeouts } from '../support/probes';
import { HTTP_LAMBDA, HTTP_QUOTAS, HTTP_THROTTLE, LAMBDA_ERRORS, LS_V2_CRASH, VOKER_PATHS } from '../support/sources';

const SERVER_ERROR = { status: 500, json: { message: 'Internal Server Error' } };

export const ERRORS: readonly Case[] = [
  ...failures(LS_V2_CRASH, SERVER_ERROR),
  ...timeouts(HTTP_QUOTAS, 30, { status: 503, json: { message: 'Service Unavailable' } }),
  {
    title: 'a function that the API may not invoke',
    source: HTTP_LAMBDA,
    request: { path: '/locked' },
    expected: SERVER_ERROR,
  },
  {
    // The Lambda developer guide says 500 of any refused invocation; users report 503 of HTTP APIs.
    title: 'a function that has no concurrency left',
    source: LAMBDA_ERRORS,
    request: { path: '/reserved' },
    expected: { status: [500, 503] },
  },
  {
    title: 'an error of its own is JSON',
    source: LS_V2_CRASH,
    probe: { throw: 'no' },
    expected: { status: 500, headers: { 'content-type': expect.stringMatching(/^application\/json/) } },
  },
  {
    title: 'every answer has the request id',
    source: LS_V2_CRASH,
    probe: { return: { statusCode: 200 } },
    expected: { headers: { 'apigw-requestid': expect.stringMatching(/=$/) } },
  },
  {
    title: 'an error has the request id too',
    source: LS_V2_CRASH,
    probe: { throw: 'no' },
    expected: { headers: { 'apigw-requestid': expect.stringMatching(/=$/) } },
  },
  {
    title: 'a path that cannot be decoded',
    source: VOKER_PATHS,
    request: { path: '/capture/percent%25done' },
    expected: { status: 400, json: { message: 'Bad Request' } },
    localOnly: 'the recording says that it was refused, and not with what text',
  },
];

export const LIMITS: readonly Case[] = [...sizes(HTTP_QUOTAS, SERVER_ERROR), ...heads(HTTP_QUOTAS)];

export const THROTTLES: readonly Case[] = [
  {
    title: 'a route above its rate and burst: some of many at once are refused',
    source: HTTP_THROTTLE,
    request: { path: '/throttled' },
    times: 20,
    expected: { status: [200, 429] },
  },
  {
    title: 'what is said of it',
    source: HTTP_THROTTLE,
    request: { path: '/throttled' },
    expected: { status: 429, json: { message: 'Too Many Requests' } },
    localOnly: 'AWS throttles by best effort: one request may pass',
  },
  {
    title: 'another route has a throttle of its own',
    source: HTTP_THROTTLE,
    request: { path: '/pets' },
    times: 20,
    expected: { status: [200] },
  },
];
