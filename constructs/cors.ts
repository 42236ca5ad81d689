/** CORS of an API: the web pages of other origins that may call it. */
import { EXPOSED_HEADERS } from '../function/contract/cors';
import type { Api } from '../function/contract/api';

export interface Cors {
  /** Origins of web pages that may call the API; `*` alone for all. @example ['https://todos.example.com'] */
  readonly origins: readonly string[];
  /** Request headers that pages may send. */
  readonly headers: readonly string[];
  /** Response headers that pages may read. */
  readonly exposedHeaders: readonly string[];
  /** Whether pages may send cookies. Not with the origin `*`. @default false */
  readonly credentials?: boolean | undefined;
  /** Seconds for which browsers cache the answer to a preflight request. */
  readonly maxAgeSeconds: number;
}

/** Request headers that operations read. Browsers send them to another origin only when CORS allows them. */
const REQUEST_HEADERS = ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'x-api-key'];

/** Default of `maxAgeSeconds`. */
const MAX_AGE_SECONDS = 3600;

/** @returns undefined when the contract has no CORS */
export function corsOf({ cors, auth }: Api): Cors | undefined {
  if (!cors) return undefined;
  const { origins, credentials, maxAgeSeconds = MAX_AGE_SECONDS } = cors;
  const authorizerHeaders = Object.values(auth?.authorizers ?? {}).flatMap(({ header }) => header?.toLowerCase() ?? []);
  const headers = [...new Set([...REQUEST_HEADERS, ...authorizerHeaders])];
  return { origins, credentials, maxAgeSeconds, headers, exposedHeaders: EXPOSED_HEADERS };
}
