/**
 * Adds CORS headers to the responses of a function behind a REST API. API Gateway answers preflight requests, but passes on
 * responses of functions unchanged. An HTTP API sets these headers itself.
 */
import { EXPOSED_HEADERS } from '../contract/cors';
import type { AnswerHeaders } from './serve';
import type { Variable } from './variables';

/** Adds the headers for a caller's origin. They replace the CORS headers of a handler, as in an HTTP API. */
export type AddCors = (headers: AnswerHeaders, origin: string | undefined) => AnswerHeaders;

const CORS_HEADER = /^access-control-/i;

/**
 * Reads the variables that the stack sets. Call it at cold start.
 * @returns a function that changes nothing when the API has no CORS
 */
export function prepareCors(environment: NodeJS.ProcessEnv = process.env): AddCors {
  const origins = (environment['CORS_ORIGINS' satisfies Variable] ?? '').split(',').filter((origin) => origin !== '');
  if (origins.length === 0) return (headers) => headers;
  const isForAll = origins.includes('*');
  const shared = {
    'access-control-expose-headers': EXPOSED_HEADERS.join(),
    ...(environment['CORS_CREDENTIALS' satisfies Variable] === 'true' && {
      'access-control-allow-credentials': 'true',
    }),
  };
  return (headers, origin) => {
    const others = Object.fromEntries(Object.entries(headers).filter(([name]) => !CORS_HEADER.test(name)));
    // A cache must not give the response for one origin to pages of another origin.
    const varied = isForAll ? others : withVary(others);
    if (origin === undefined || !(isForAll || origins.includes(origin))) return varied;
    return { ...varied, 'access-control-allow-origin': isForAll ? '*' : origin, ...shared };
  };
}

function withVary(headers: AnswerHeaders): AnswerHeaders {
  const [name, value] = Object.entries(headers).find(([header]) => header.toLowerCase() === 'vary') ?? ['vary', []];
  return { ...headers, [name]: [value, 'Origin'].flat().join(', ') };
}
