/** Cases that are asked of both kinds of API, which answer them each in its own way. */
import type { Case, Seen } from './case';
import { LAMBDA_QUOTAS } from './sources';

/** Each way that the function itself fails. */
export function failures(source: string, seen: Seen): Case[] {
  return [
    { title: 'a handler that throws', source, ask: { throw: 'no' }, seen },
    { title: 'a handler that ends the process', source, ask: { exit: 1 }, seen },
    { title: 'an exception that nobody catches', source, ask: { crash: 'late' }, seen },
    {
      title: "a function that takes longer than Lambda's timeout",
      source,
      request: { path: '/short' },
      ask: { sleepMs: 5000 },
      seen,
    },
  ];
}

/**
 * The integration's timeout, one second for the path /slow.
 * @param most what API Gateway waits at most, in seconds
 */
export function timeouts(source: string, most: number, seen: Seen): Case[] {
  return [
    {
      title: 'an integration that takes longer than its timeout',
      source,
      request: { path: '/slow' },
      ask: { sleepMs: 2500 },
      seen,
    },
    {
      title: 'an integration that keeps within its timeout',
      source,
      request: { path: '/slow' },
      ask: { sleepMs: 200, return: { statusCode: 200, body: 'fine' } },
      seen: { status: 200, text: 'fine' },
    },
    {
      title: `an integration that takes longer than the ${most} seconds that there are at most`,
      source,
      ask: { sleepMs: (most + 2) * 1000 },
      seen,
      slow: true,
    },
  ];
}

const post = (characters: number) =>
  ({ method: 'POST', headers: [['Content-Type', 'text/plain']], body: 'x'.repeat(characters) }) as const;

const REFUSED = [400, 413, 414, 431];

/** A request line and header values above 10,240 bytes: the quota is documented, its answer is not (users saw 431). */
export function heads(source: string): Case[] {
  const large = (bytes: number) => [['x-large', 'x'.repeat(bytes)]] as const;
  return [
    {
      title: 'header values above 10,240 bytes',
      source,
      request: { headers: large(10_240) },
      seen: { status: REFUSED },
    },
    { title: 'header values of nearly so many', source, request: { headers: large(9_900) }, seen: { status: 200 } },
    {
      title: 'a URL above 10,240 characters',
      source,
      request: { path: `/echo?${'x'.repeat(10_240)}` },
      seen: { status: REFUSED },
    },
    {
      title: 'a URL of nearly so many',
      source,
      request: { path: `/echo?${'x'.repeat(9_900)}` },
      seen: { status: 200 },
    },
  ];
}

/** @param failed what a failed invocation gets */
export function sizes(source: string, failed: Seen): Case[] {
  return [
    { title: 'a body above 10 MB', source, request: post(10 * 1024 * 1024 + 1), seen: { status: 413 } },
    {
      title: "a body that makes an event above Lambda's 6 MB",
      source: LAMBDA_QUOTAS,
      request: post(6_300_000),
      ask: { return: { statusCode: 200 } },
      seen: { status: [413, 500] },
    },
    {
      title: 'a body that makes an event of nearly 6 MB',
      source: LAMBDA_QUOTAS,
      request: post(6_200_000),
      ask: { return: { statusCode: 200, body: 'fine' } },
      seen: { status: 200, text: 'fine' },
    },
    { title: "a result above Lambda's 6 MB", source: LAMBDA_QUOTAS, ask: { characters: 6_300_000 }, seen: failed },
    {
      title: 'a result of nearly 6 MB',
      source: LAMBDA_QUOTAS,
      ask: { characters: 6_200_000 },
      seen: { status: 200, text: /^x{100}/ },
    },
  ];
}
