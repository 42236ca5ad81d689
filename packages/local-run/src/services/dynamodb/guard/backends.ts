/** What is behind the guard: dynalite in the same thread, or a DynamoDB that runs elsewhere. */
import { EventEmitter } from 'node:events';
import http, { type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import { RUN_CREDENTIALS } from '../credentials';
import type { Backend } from './guard';

/**
 * dynalite's own listener, without another connection: it gets a request that it can read once more.
 * (It uses headers, method, url and the events of a body.)
 */
export function behind(server: Server): Backend {
  const [listener] = server.listeners('request') as ((request: object, response: ServerResponse) => void)[];
  return ({ headers, method, url }, response, body) => {
    const request = Object.assign(new EventEmitter(), { headers, method, url });
    listener?.(request, response);
    request.emit('data', body);
    request.emit('end');
  };
}

/** Headers that are about a connection, and those by which the function signed. */
const NOT_PASSED_ON = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'expect', 'host', 'content-length'],
  ...['x-amz-security-token', ...Object.keys(RUN_CREDENTIALS)],
]);

/** Headers of an answer that are about the connection that it came by. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'trailer', 'content-length']);

/** Passes requests on over kept connections, and answers once they are whole: DynamoDB's have 16 MB at most. */
export function remote(endpoint: string): Backend {
  const { protocol, hostname: name, host, port, pathname } = new URL(endpoint);
  // Of IPv6 addresses in URLs, not of those that are connected to.
  const hostname = name.replace(/^\[|\]$/g, '');
  const client = protocol === 'https:' ? https : http;
  const agent = new client.Agent({ keepAlive: true });
  const base = pathname.replace(/\/$/, '');
  return ({ rawHeaders, method, url = '/' }, response, body) => {
    const headers = [...without(NOT_PASSED_ON, rawHeaders), ...OWN_HEADERS, 'host', host];
    headers.push('content-length', String(body.length));
    const onward = client.request({ hostname, port, method, path: base + url, agent, headers });
    // The function sees what it would see without the guard: a connection that broke.
    const broken = () => response.destroy();
    onward.once('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', broken);
      answer.once('end', () => {
        const whole = Buffer.concat(chunks);
        const kept = without(OF_THE_CONNECTION, answer.rawHeaders);
        response.writeHead(answer.statusCode ?? 500, [...kept, 'content-length', String(whole.length)]);
        response.end(whole);
      });
    });
    onward.once('error', broken);
    response.once('close', () => {
      if (!response.writableFinished) onward.destroy();
    });
    onward.end(body);
  };
}

const OWN_HEADERS = Object.entries(RUN_CREDENTIALS).flat();

/** @param rawHeaders names and values in turn, in whatever case */
function without(names: ReadonlySet<string>, rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    if (!names.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
