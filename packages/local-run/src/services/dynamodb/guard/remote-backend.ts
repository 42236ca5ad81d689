/** Forwards calls to a DynamoDB at an endpoint. */
import http from 'node:http';
import https from 'node:https';
import { PLACEHOLDER_SIGNATURE } from '../placeholder-signature';
import type { Backend } from './guard';
import { isKnownOperation } from './permissions';

/** Request headers that are not forwarded: they concern the connection or carry the function's signature. */
const DROPPED_REQUEST_HEADERS = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'expect', 'host', 'content-length'],
  ...['x-amz-security-token', ...Object.keys(PLACEHOLDER_SIGNATURE)],
]);

/** Response headers that are not forwarded: they concern the connection. */
const DROPPED_RESPONSE_HEADERS = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'trailer',
  'content-length',
]);

const SIGNATURE_HEADERS = Object.entries(PLACEHOLDER_SIGNATURE).flat();

/** Forwards requests over persistent connections. Buffers responses: DynamoDB limits them to 16 MB. */
export function remoteBackend(endpoint: string): Backend {
  const { protocol, hostname: urlHostname, host, port, pathname } = new URL(endpoint);
  // A URL has an IPv6 address in brackets; a socket needs it without brackets.
  const hostname = urlHostname.replace(/^\[|\]$/g, '');
  const client = protocol === 'https:' ? https : http;
  const agent = new client.Agent({ keepAlive: true });
  const basePath = pathname.replace(/\/$/, '');
  const answer: Backend['answer'] = ({ rawHeaders, method, url = '/' }, response, body) => {
    const headers = [
      ...withoutHeaders(rawHeaders, DROPPED_REQUEST_HEADERS),
      ...SIGNATURE_HEADERS,
      ...['host', host, 'content-length', String(body.length)],
    ];
    const forwarded = client.request({ hostname, port, method, path: basePath + url, agent, headers });
    // The function sees a broken connection, as it would without the guard.
    const breakConnection = () => response.destroy();
    forwarded.once('response', (remoteResponse) => {
      const chunks: Buffer[] = [];
      remoteResponse.on('data', (chunk: Buffer) => chunks.push(chunk));
      remoteResponse.once('error', breakConnection);
      remoteResponse.once('end', () => {
        const content = Buffer.concat(chunks);
        const headersToSend = withoutHeaders(remoteResponse.rawHeaders, DROPPED_RESPONSE_HEADERS);
        const status = remoteResponse.statusCode ?? 500;
        response.writeHead(status, [...headersToSend, 'content-length', String(content.length)]);
        response.end(content);
      });
    });
    forwarded.once('error', breakConnection);
    response.once('close', () => {
      if (!response.writableFinished) forwarded.destroy();
    });
    forwarded.end(body);
  };
  // The endpoint itself refuses operations that it does not know.
  return { answer, hasOperation: isKnownOperation };
}

/** @param rawHeaders alternating names and values, as in Node.js */
function withoutHeaders(rawHeaders: readonly string[], dropped: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    if (!dropped.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
