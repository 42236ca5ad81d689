/** Cases for HTTP APIs and REST APIs. Only the expected responses differ. */
import type { Case, Expected } from './case';
import { LAMBDA_QUOTAS } from './sources';

/** Invocations that fail. */
export function failures(source: string, expected: Expected): Case[] {
  return [
    { title: 'a handler that throws causes an error response', source, probe: { throw: 'no' }, expected },
    { title: 'a handler that ends the process causes an error response', source, probe: { exit: 1 }, expected },
    { title: 'an uncaught exception causes an error response', source, probe: { crash: 'late' }, expected },
    {
      title: 'a function that exceeds its Lambda timeout causes an error response',
      source,
      request: { path: '/short' },
      probe: { sleepMs: 5000 },
      expected,
    },
  ];
}

/**
 * The timeout of the integration. It is one second for the path /slow.
 * @param maxSeconds the maximum timeout of API Gateway
 */
export function timeouts(source: string, maxSeconds: number, expected: Expected): Case[] {
  return [
    {
      title: 'an integration that exceeds its timeout causes an error response',
      source,
      request: { path: '/slow' },
      probe: { sleepMs: 2500 },
      expected,
    },
    {
      title: 'an integration that responds within its timeout succeeds',
      source,
      request: { path: '/slow' },
      probe: { sleepMs: 200, return: { statusCode: 200, body: 'fine' } },
      expected: { status: 200, text: 'fine' },
    },
    {
      title: `an integration that exceeds the maximum of ${maxSeconds} seconds causes an error response`,
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

/** A request line and header values around 10,240 bytes. AWS documents the quota, but not the response (users saw 431). */
export function heads(source: string): Case[] {
  const large = (bytes: number) => [['x-large', 'x'.repeat(bytes)]] as const;
  return [
    {
      title: 'refuses header values above 10,240 bytes',
      source,
      request: { headers: large(10_240) },
      expected: { status: REFUSED },
    },
    {
      title: 'accepts header values of just under 10,240 bytes',
      source,
      request: { headers: large(9_900) },
      expected: { status: 200 },
    },
    {
      title: 'refuses a URL above 10,240 characters',
      source,
      request: { path: `/echo?${'x'.repeat(10_240)}` },
      expected: { status: REFUSED },
    },
    {
      title: 'accepts a URL of just under 10,240 characters',
      source,
      request: { path: `/echo?${'x'.repeat(9_900)}` },
      expected: { status: 200 },
    },
  ];
}

/** @param failed the response to a failed invocation */
export function sizes(source: string, failed: Expected): Case[] {
  return [
    { title: 'refuses a body above 10 MB', source, request: post(10 * 1024 * 1024 + 1), expected: { status: 413 } },
    {
      title: "refuses a body whose event exceeds Lambda's 6 MB",
      source: LAMBDA_QUOTAS,
      request: post(6_300_000),
      probe: { return: { statusCode: 200 } },
      expected: { status: [413, 500] },
    },
    {
      title: 'accepts a body whose event has nearly 6 MB',
      source: LAMBDA_QUOTAS,
      request: post(6_200_000),
      probe: { return: { statusCode: 200, body: 'fine' } },
      expected: { status: 200, text: 'fine' },
    },
    {
      title: "a result above Lambda's 6 MB causes an error response",
      source: LAMBDA_QUOTAS,
      probe: { characters: 6_300_000 },
      expected: failed,
    },
    {
      title: 'accepts a result of nearly 6 MB',
      source: LAMBDA_QUOTAS,
      probe: { characters: 6_200_000 },
      expected: { status: 200, text: /^x{100}/ },
    },
  ];
}
