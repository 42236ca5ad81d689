/** Sends the response of an API. */
import type { ServerResponse } from 'node:http';
import type { Header, HttpResponse } from './gateway';

/** @throws Error of Node.js, when it refuses a header */
export function sendResponse(
  outgoing: ServerResponse,
  { status, headers, body }: HttpResponse,
  requestId: Header,
): void {
  const all = [...headers, requestId];
  outgoing.writeHead(status, headerLines(all, Buffer.byteLength(body)));
  // Node.js writes the head and a string body together, in one encoding. A string body therefore needs an ASCII head.
  const isText = typeof body === 'string' && all.every(([, value]) => isAscii(value));
  outgoing.end(isText ? body : Buffer.from(body));
}

/** Discards a response that sendResponse could not send, so that another response can be sent. */
export function resetResponse(outgoing: ServerResponse): void {
  for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
  outgoing.statusMessage = '';
}

/**
 * Formats headers for `writeHead`, as alternating names and values. Keeps all repeated headers, one after the other. If the
 * names of repeated headers differ in case, keeps only the last header.
 */
function headerLines(headers: readonly Header[], contentLength: number): string[] {
  const groups = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const group = groups.get(name.toLowerCase());
    if (group?.[0] === name) group.push(name, value);
    else groups.set(name.toLowerCase(), [name, value]);
  }
  groups.set('content-length', ['content-length', String(contentLength)]);
  const lines: string[] = [];
  for (const group of groups.values()) lines.push(...group);
  return lines;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
