/** Answers that an HTTP API gives itself, and the limits that it keeps. */
import type { Case } from '../support/case';
import {
  HTTP_LAMBDA,
  HTTP_QUOTAS,
  HTTP_THROTTLE,
  LAMBDA_ERRORS,
  LAMBDA_QUOTAS,
  LS_V2_CRASH,
  VOKER_PATHS,
} from '../support/sources';

const SERVER_ERROR = { status: 500, json: { message: 'Internal Server Error' } };

export const ERRORS: readonly Case[] = [
  { title: 'a handler that throws', source: LS_V2_CRASH, ask: { throw: 'no' }, seen: SERVER_ERROR },
  { title: 'a handler that ends the process', source: LS_V2_CRASH, ask: { exit: 1 }, seen: SERVER_ERROR },
  { title: 'an exception that nobody catches', source: LS_V2_CRASH, ask: { crash: 'late' }, seen: SERVER_ERROR },
  {
    title: "a function that takes longer than Lambda's timeout",
    source: LAMBDA_ERRORS,
    request: { path: '/short' },
    ask: { sleepMs: 5000 },
    seen: SERVER_ERROR,
  },
  {
    title: 'a function that the API may not invoke',
    source: HTTP_LAMBDA,
    request: { path: '/locked' },
    seen: SERVER_ERROR,
  },
  {
    // The Lambda developer guide says 500 of any refused invocation; users report 503 of HTTP APIs.
    title: 'a function that has no concurrency left',
    source: LAMBDA_ERRORS,
    request: { path: '/reserved' },
    seen: { status: [500, 503] },
  },
  {
    title: 'an integration that takes longer than its timeout',
    source: HTTP_QUOTAS,
    request: { path: '/slow' },
    ask: { sleepMs: 2500 },
    seen: { status: 503, json: { message: 'Service Unavailable' } },
  },
  {
    title: 'an integration that takes longer than the 30 seconds that there are at most',
    source: HTTP_QUOTAS,
    ask: { sleepMs: 32_000 },
    seen: { status: 503, json: { message: 'Service Unavailable' } },
    slow: true,
  },
  {
    title: 'an integration that keeps within its timeout',
    source: HTTP_QUOTAS,
    request: { path: '/slow' },
    ask: { sleepMs: 200, return: { statusCode: 200, body: 'fine' } },
    seen: { status: 200, text: 'fine' },
  },
  {
    title: 'an error of its own is JSON',
    source: LS_V2_CRASH,
    ask: { throw: 'no' },
    seen: { status: 500, headers: { 'content-type': expect.stringMatching(/^application\/json/) } },
  },
  {
    title: 'every answer has the request id',
    source: LS_V2_CRASH,
    ask: { return: { statusCode: 200 } },
    seen: { headers: { 'apigw-requestid': expect.stringMatching(/=$/) } },
  },
  {
    title: 'an error has the request id too',
    source: LS_V2_CRASH,
    ask: { throw: 'no' },
    seen: { headers: { 'apigw-requestid': expect.stringMatching(/=$/) } },
  },
  {
    title: 'a path that cannot be decoded',
    source: VOKER_PATHS,
    request: { path: '/capture/percent%25done' },
    seen: { status: 400, json: { message: 'Bad Request' } },
    localOnly: 'the recording says that it was refused, and not with what text',
  },
];

const LARGE = 'x'.repeat(10 * 1024 * 1024 + 1);

export const LIMITS: readonly Case[] = [
  {
    title: 'a body above 10 MB',
    source: HTTP_QUOTAS,
    request: { method: 'POST', headers: [['Content-Type', 'text/plain']], body: LARGE },
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
  { title: "a result above Lambda's 6 MB", source: LAMBDA_QUOTAS, ask: { characters: 6_300_000 }, seen: SERVER_ERROR },
  {
    title: 'a result of nearly 6 MB',
    source: LAMBDA_QUOTAS,
    ask: { characters: 6_200_000 },
    seen: { status: 200, text: /^x{100}/ },
  },
];

export const THROTTLES: readonly Case[] = [
  {
    title: 'a route above its rate and burst: some of many at once are refused',
    source: HTTP_THROTTLE,
    request: { path: '/throttled' },
    times: 20,
    seen: { status: [200, 429] },
  },
  {
    title: 'what is said of it',
    source: HTTP_THROTTLE,
    request: { path: '/throttled' },
    seen: { status: 429, json: { message: 'Too Many Requests' } },
    localOnly: 'AWS throttles by best effort: one request may pass',
  },
  {
    title: 'another route has a throttle of its own',
    source: HTTP_THROTTLE,
    request: { path: '/pets' },
    times: 20,
    seen: { status: [200] },
  },
];
