/** What is behind the guard: dynalite in the same thread, or a DynamoDB that runs elsewhere. */
import { EventEmitter } from 'node:events';
import http, { type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import { RUN_CREDENTIALS } from '../dynamodb-credentials';
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

/** Headers that are about a connection, and those of the function's own credentials. */
const NOT_PASSED_ON = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'expect', 'host'],
  ...['authorization', 'x-amz-security-token'],
]);

/** Passes requests on over kept connections, and answers as they come. */
export function remote(endpoint: string): Backend {
  const url = new URL(endpoint);
  const client = url.protocol === 'https:' ? https : http;
  const agent = new client.Agent({ keepAlive: true });
  return (request, response, body) => {
    const passed = Object.entries(request.headers).filter(([name]) => !NOT_PASSED_ON.has(name));
    const headers = { ...Object.fromEntries(passed), 'content-length': body.length, ...RUN_CREDENTIALS };
    const target = url.pathname.replace(/\/$/, '') + (request.url ?? '/');
    const { hostname, port } = url;
    const onward = client.request({ hostname, port, method: request.method, path: target, agent, headers });
    onward.once('response', (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !['connection', 'keep-alive'].includes(name));
      response.writeHead(answer.statusCode ?? 500, Object.fromEntries(kept));
      answer.once('error', () => response.destroy());
      answer.pipe(response);
    });
    // The function sees what it would see without the guard: a connection that broke.
    onward.once('error', () => response.destroy());
    response.once('close', () => {
      if (!response.writableFinished) onward.destroy();
    });
    onward.end(body);
  };
}
