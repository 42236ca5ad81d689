/** Cases for both kinds of API, which differ in the expected response. */
import type { Case, Expected } from './case';
import { LAMBDA_QUOTAS } from './sources';

/** The ways in which a function fails. */
export function failures(source: string, expected: Expected): Case[] {
  return [
    { title: 'a handler that throws', source, probe: { throw: 'no' }, expected },
    { title: 'a handler that ends the process', source, probe: { exit: 1 }, expected },
    { title: 'an uncaught exception', source, probe: { crash: 'late' }, expected },
    {
      title: "a function that takes longer than Lambda's timeout",
      source,
      request: { path: '/short' },
      probe: { sleepMs: 5000 },
      expected,
    },
  ];
}

/**
 * The integration's timeout, which is one second for the path /slow.
 * @param maxSeconds the maximum timeout of API Gateway
 */
export function timeouts(source: string, maxSeconds: number, expected: Expected): Case[] {
  return [
    {
      title: 'an integration that takes longer than its timeout',
      source,
      request: { path: '/slow' },
      probe: { sleepMs: 2500 },
      expected,
    },
    {
      title: 'an integration that keeps within its timeout',
      source,
      request: { path: '/slow' },
      probe: { sleepMs: 200, return: { statusCode: 200, body: 'fine' } },
      expected: { status: 200, text: 'fine' },
    },
    {
      title: `an integration that takes longer than the maximum of ${maxSeconds} seconds`,
      source,
      probe: { sleepMs: (maxSeconds + 2) * 1000 },
      expected,
      slow: true,
    },
  ];
}

const post = (characters: number) =>
  ({ method: 'POST', headers: [['Content-Type', 'text/plain']], body: 'x'.repeat(characters) }) as const;

const REFUSED = [400, 413, 414, 431];

/** A request line and header values above 10,240 bytes. AWS documents the quota, not the response (users saw 431). */
export function heads(source: string): Case[] {
  const large = (bytes: number) => [['x-large', 'x'.repeat(bytes)]] as const;
  return [
    {
      title: 'header values above 10,240 bytes',
      source,
      request: { headers: large(10_240) },
      expected: { status: REFUSED },
    },
    {
      title: 'header values of just under 10,240 bytes',
      source,
      request: { headers: large(9_900) },
      expected: { status: 200 },
    },
    {
      title: 'a URL above 10,240 characters',
      source,
      request: { path: `/echo?${'x'.repeat(10_240)}` },
      expected: { status: REFUSED },
    },
    {
      title: 'a URL of just under 10,240 characters',
      source,
      request: { path: `/echo?${'x'.repeat(9_900)}` },
      expected: { status: 200 },
    },
  ];
}

/** @param failed the response to a failed invocation */
export function sizes(source: string, failed: Expected): Case[] {
  return [
    { title: 'a body above 10 MB', source, request: post(10 * 1024 * 1024 + 1), expected: { status: 413 } },
    {
      title: "a body that makes an event above Lambda's 6 MB",
      source: LAMBDA_QUOTAS,
      request: post(6_300_000),
      probe: { return: { statusCode: 200 } },
      expected: { status: [413, 500] },
    },
    {
      title: 'a body that makes an event of nearly 6 MB',
      source: LAMBDA_QUOTAS,
      request: post(6_200_000),
      probe: { return: { statusCode: 200, body: 'fine' } },
      expected: { status: 200, text: 'fine' },
    },
    {
      title: "a result above Lambda's 6 MB",
      source: LAMBDA_QUOTAS,
      probe: { characters: 6_300_000 },
      expected: failed,
    },
    {
      title: 'a result of nearly 6 MB',
      source: LAMBDA_QUOTAS,
      probe: { characters: 6_200_000 },
      expected: { status: 200, text: /^x{100}/ },
    },
  ];
}
