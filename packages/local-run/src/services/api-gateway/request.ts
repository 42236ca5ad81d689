/** The HTTP request that the server passes to an API, before conversion to a payload format. */
import type { IncomingMessage } from 'node:http';
import { newTraceId } from './request-id';

export interface GatewayRequest {
  readonly method: string;
  /** URL-encoded, as in the request line. */
  readonly rawPath: string;
  /** URL-encoded, without the `?`. Empty when there is no query. */
  readonly rawQuery: string;
  /** Alternating names and values, in the caller's order and case. */
  readonly rawHeaders: readonly string[];
  /** Empty when there is no body, and when `isBodyTooLarge`. */
  readonly body: Buffer;
  readonly isBodyTooLarge: boolean;
  readonly sourceIp: string;
  /** The port of the gateway that received the request. */
  readonly port: number;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  /** API Gateway's request id. */
  readonly requestId: string;
  /** The caller's trace id when it is well-formed, otherwise a new one: `Root=1-...`. */
  readonly traceId: string;
  /** When the request arrived. */
  readonly time: Date;
}

/** API Gateway's quotas for the values of all headers, in bytes, and for a URL, in characters. */
export const MAX_HEAD_LENGTH = 10_240;

const EMPTY_BODY = Buffer.alloc(0);

/** Headers that describe a single connection. A gateway does not pass them on. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
]);

/**
 * Reads a body to its end.
 * @returns undefined when it is longer than `maxBytes`
 */
export async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const { headers } = incoming;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    incoming.resume();
    return EMPTY_BODY;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes <= maxBytes ? Buffer.concat(chunks) : undefined;
}

/** Converts a request of Node.js. @param body undefined when the body is too large */
export function toGatewayRequest(
  incoming: IncomingMessage,
  body: Buffer | undefined,
  requestId: string,
  time: Date,
): GatewayRequest {
  const { method = '', url = '/', rawHeaders, socket, httpVersion, headers } = incoming;
  const { rawPath, rawQuery } = splitTarget(url);
  return {
    method,
    rawPath,
    rawQuery,
    rawHeaders,
    body: body ?? EMPTY_BODY,
    isBodyTooLarge: body === undefined,
    sourceIp: socket.remoteAddress ?? '',
    port: socket.localPort ?? 0,
    protocol: `HTTP/${httpVersion}`,
    requestId,
    traceId: traceRoot(String(headers['x-amzn-trace-id'] ?? '')) ?? newTraceId(time),
    time,
  };
}

/** The root of a trace header: `Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1`. */
function traceRoot(header: string): string | undefined {
  return /\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}\b/.exec(header)?.[0];
}

/** Splits a request target: `/items?x`, or with an origin, `http://host/items?x`. */
export function splitTarget(target: string): Pick<GatewayRequest, 'rawPath' | 'rawQuery'> {
  const origin = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  const [, path = '', query = ''] = /^([^?#]*)\??([^#]*)/.exec(origin) ?? [];
  return { rawPath: path.startsWith('/') ? path : `/${path}`, rawQuery: query };
}

/** The length of all header values together. */
export function headerValuesLength(rawHeaders: readonly string[]): number {
  let length = 0;
  for (let index = 1; index < rawHeaders.length; index += 2) length += rawHeaders[index]?.length ?? 0;
  return length;
}

/** The length of path and query together. */
export function targetLength({ rawPath, rawQuery }: Pick<GatewayRequest, 'rawPath' | 'rawQuery'>): number {
  return rawPath.length + (rawQuery === '' ? 0 : rawQuery.length + 1);
}

/** Pairs of header name and value, names in lower case. */
export function headerPairs(rawHeaders: readonly string[]): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    pairs.push([(rawHeaders[index] ?? '').toLowerCase(), rawHeaders[index + 1] ?? '']);
  }
  return pairs;
}

/** The value of the first header with this name. @param name in lower case */
export function headerValue(rawHeaders: readonly string[], name: string): string | undefined {
  return headerPairs(rawHeaders).find(([candidate]) => candidate === name)?.[1];
}
