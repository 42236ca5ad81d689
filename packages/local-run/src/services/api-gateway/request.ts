/** An HTTP request as the gateways see it, before it takes the form of either's event. */
import type { IncomingMessage } from 'node:http';
import { randomId } from './random-id';

export interface GatewayRequest {
  readonly method: string;
  /** Encoded, as it stood in the request line. */
  readonly rawPath: string;
  /** Encoded, without the `?`; empty when there was none. */
  readonly rawQuery: string;
  /** Names and values in turn, in their order and case. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly time: Date;
}

/** The whole request; its fields are named one by one as those of an outcome are. */
export function withBody(
  { method, rawPath, rawQuery, rawHeaders, sourceIp, protocol, requestId, time }: Omit<GatewayRequest, 'body'>,
  body: Buffer,
): GatewayRequest {
  return { method, rawPath, rawQuery, rawHeaders, body, sourceIp, protocol, requestId, time };
}

const NO_BODY = Buffer.alloc(0);

/** Headers between two hosts, which a gateway does not pass on. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
]);

/** Path and query of a request target, in origin form (`/items?x`) or absolute form (`http://host/items?x`). */
export function splitTarget(target: string): { rawPath: string; rawQuery: string } {
  const origin = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  const [, path = '', query = ''] = /^([^?#]*)\??([^#]*)/.exec(origin) ?? [];
  return { rawPath: path.startsWith('/') ? path : `/${path}`, rawQuery: query };
}

/** What API Gateway takes of header values in all, in bytes, and of a URL, in characters (its quotas of both kinds of API). */
export const MOST_HEAD = 10_240;

/** How much the values of all headers are. */
export function valueBytes(rawHeaders: readonly string[]): number {
  let bytes = 0;
  for (let index = 1; index < rawHeaders.length; index += 2) bytes += rawHeaders[index]?.length ?? 0;
  return bytes;
}

/** How much path and query are. */
export function targetLength({ rawPath, rawQuery }: Pick<GatewayRequest, 'rawPath' | 'rawQuery'>): number {
  return rawPath.length + (rawQuery === '' ? 0 : rawQuery.length + 1);
}

/** Header pairs, names in lower case. */
export function headerPairs(rawHeaders: readonly string[]): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    pairs.push([(rawHeaders[index] ?? '').toLowerCase(), rawHeaders[index + 1] ?? '']);
  }
  return pairs;
}

/**
 * Reads a body to its end.
 * @returns undefined when it is longer than `most` bytes; the rest is then thrown away
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const { headers } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    request.resume();
    return NO_BODY;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= most) chunks.push(chunk);
  }
  return bytes <= most ? Buffer.concat(chunks) : undefined;
}

/** What API Gateway puts into `x-amzn-trace-id` when the caller did not: seconds since the epoch, and 24 random digits. */
export function traceId(time: Date): string {
  return `Root=1-${Math.floor(time.getTime() / 1000).toString(16)}-${randomId(12, 'hex')}`;
}
