/** Keeps a request as it was sent and its response, so a person can read the answer and send the request again. */
import { isUtf8 } from 'node:buffer';
import { hideApiKeys, hideSecrets, type Secrets } from '../print/secrets';
import type { Header } from '../services/api-gateway/gateway';
import { headerPairs, HOP_BY_HOP } from '../services/api-gateway/request';
import type { RequestLog } from '../services/api-gateway/server';

/** A longer body of a request or a response is not kept. */
export const MAX_KEPT_BODY_BYTES = 128 * 1024;

/** Headers that a new connection sets itself. */
const CONNECTION_HEADERS = new Set([...HOP_BY_HOP, 'host', 'content-length']);

export interface Exchange {
  readonly target: string;
  readonly method: string;
  readonly requestHeaders: readonly Header[];
  readonly requestBody: KeptBody;
  readonly responseHeaders: readonly Header[];
  readonly responseBody: KeptBody;
}

interface KeptBody {
  /** Undefined: the body was longer than MAX_KEPT_BODY_BYTES. */
  readonly content: Buffer | undefined;
  readonly bytes: number;
}

/** A request as it was sent, with its credentials. */
export interface SentRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: readonly Header[];
  /** The body as text. Absent when it is empty, or not in UTF-8. */
  readonly body?: string;
  /** A body that is not in UTF-8. */
  readonly bodyBase64?: string;
  /** The length of a body that is too long to keep. */
  readonly droppedBytes?: number;
}

/** The response to a request, without credentials. */
export interface ResponseRecord {
  readonly headers: readonly Header[];
  readonly body?: string;
  /** The length of the body, if it is no text or too long to keep. */
  readonly bytes?: number;
}

/** @returns undefined when the log has no request */
export function keepExchange({ request, response, method, path }: RequestLog): Exchange | undefined {
  if (!request) return undefined;
  return {
    target: path,
    method,
    requestHeaders: headerPairs(request.rawHeaders).filter(([name]) => !CONNECTION_HEADERS.has(name)),
    requestBody: keepBody(request.body),
    responseHeaders: response.headers,
    responseBody: keepBody(response.body),
  };
}

export function sentRequest({ method, target, requestHeaders, requestBody }: Exchange): SentRequest {
  const { content, bytes } = requestBody;
  const request = { method, path: target, headers: requestHeaders };
  if (bytes === 0) return request;
  if (!content) return { ...request, droppedBytes: bytes };
  return isUtf8(content)
    ? { ...request, body: content.toString() }
    : { ...request, bodyBase64: content.toString('base64') };
}

export function responseRecord({ responseHeaders, responseBody }: Exchange, secrets: Secrets): ResponseRecord {
  const headers = responseHeaders.map(([name, value]) => [name, hideApiKeys(value, secrets.apiKeys)] as const);
  const { content, bytes } = responseBody;
  if (!content || !isUtf8(content)) return { headers, bytes };
  return { headers, body: String(hideSecrets(content.toString(), secrets)) };
}

/** Copies a body. A part of a larger buffer would keep the whole buffer in memory. */
function keepBody(body: Buffer | string): KeptBody {
  const bytes = Buffer.byteLength(body);
  return { content: bytes <= MAX_KEPT_BODY_BYTES ? Buffer.from(body) : undefined, bytes };
}
