/** HTTP/1.1 over kept-alive connections, with the SDK's timeouts and errors. */
import http from 'node:http';
import type https from 'node:https';
import type { Socket } from 'node:net';
import { Deadlines } from './deadlines';
import type { Endpoint } from './endpoint';
import { unsupported } from './unsupported';
import { WarmAgent } from './warm-agent';

/** The supported part of NodeHttpHandlerOptions. */
export interface HandlerOptions {
  /** Milliseconds until a connection must be established. @default no limit */
  readonly connectionTimeout?: number;
  /** Milliseconds until the response must begin. @default no limit */
  readonly requestTimeout?: number;
  /** Whether requestTimeout ends a request; required with it, as the SDK only warns otherwise. */
  readonly throwOnRequestTimeout?: boolean;
}

/** `$response` of an error, in the SDK's form. */
export class Response {
  readonly statusCode: number;
  readonly reason: string;
  /** Names, in any case, and values alternate. */
  readonly rawHeaders: readonly string[];

  constructor(
    private readonly message: http.IncomingMessage,
    readonly body: Buffer,
    /** Why the body is incomplete. */
    readonly broken?: Error,
  ) {
    this.statusCode = message.statusCode ?? -1;
    this.reason = message.statusMessage ?? '';
    this.rawHeaders = message.rawHeaders;
  }

  /** By names in lower case. Node.js creates the object on first use; most results do not need it. */
  get headers(): Readonly<Record<string, string>> {
    return this.message.headers as Record<string, string>;
  }
}

export interface CallOptions {
  readonly abortSignal?: AbortSignal | undefined;
  readonly requestTimeout?: number | undefined;
}

/** The SDK's maximum of open connections. */
const MAX_SOCKETS = 50;

const OPTIONS = ['connectionTimeout', 'requestTimeout', 'throwOnRequestTimeout'];

const LOST_CONNECTION = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

export class Transport {
  private readonly agent: http.Agent;
  private readonly deadlines = new Deadlines();

  constructor(
    private readonly endpoint: Endpoint,
    private readonly options: HandlerOptions = {},
  ) {
    const unknown = Object.keys(options).filter((name) => !OPTIONS.includes(name));
    if (unknown.length > 0 || (options.requestTimeout && !options.throwOnRequestTimeout)) {
      throw unsupported(
        `requestHandler supports ${OPTIONS.join(', ')}, the second with the third, ` +
          `but was given ${Object.keys(options).join(', ')}.`,
      );
    }
    const secure = endpoint.protocol === 'https:';
    this.agent = secure
      ? new WarmAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }, endpoint)
      : new http.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  }

  /** @param headers names and values alternate; they are sent in this order */
  send(headers: string[], body: string, { abortSignal, requestTimeout }: CallOptions): Promise<Response> {
    return new Promise((resolve, reject) => {
      if (abortSignal?.aborted) throw aborted(abortSignal);
      const { hostname: host, port, path, servername } = this.endpoint;
      const request = http.request({
        agent: this.agent,
        protocol: this.endpoint.protocol,
        method: 'POST',
        host,
        port,
        path,
        // Otherwise the agent checks for each request whether the host is an IP address.
        servername,
        headers: headers,
      } as https.RequestOptions);
      const fail = (error: Error) => {
        clearLimit();
        reject(error);
      };
      const clearLimit = this.limit(request, requestTimeout ?? this.options.requestTimeout, fail);
      request.on('error', (error: NodeJS.ErrnoException) => {
        fail(LOST_CONNECTION.has(error.code ?? '') ? Object.assign(error, { name: 'TimeoutError' }) : error);
      });
      request.on('response', (response) => {
        clearLimit();
        collect(response, resolve);
      });
      if (this.options.connectionTimeout) limitConnection(request, this.options.connectionTimeout, fail);
      if (abortSignal) listen(abortSignal, request, fail);
      // Node.js sends a string together with the headers in one write.
      request.end(body);
    });
  }

  destroy(): void {
    this.agent.destroy();
  }

  /** @returns clears the limit: call it when the response begins */
  private limit(request: http.ClientRequest, limit: number | undefined, fail: (error: Error) => void): () => void {
    if (!limit) return () => undefined;
    return this.deadlines.set(limit, () => {
      const error = timeout(`[ERROR] a request has exceeded the configured ${limit} ms requestTimeout.`);
      request.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
      fail(error);
    });
  }
}

function limitConnection(request: http.ClientRequest, limit: number, fail: (error: Error) => void): void {
  request.once('socket', (socket: Socket) => {
    if (!socket.connecting) return;
    const expire = () => {
      request.destroy();
      fail(
        timeout(
          `the request socket did not establish a connection with the server within the configured timeout of ${limit} ms.`,
        ),
      );
    };
    const timer = setTimeout(expire, limit);
    socket.once('connect', () => clearTimeout(timer));
    request.once('close', () => clearTimeout(timer));
  });
}

function collect(response: http.IncomingMessage, resolve: (response: Response) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('error', (error) => resolve(new Response(response, Buffer.concat(chunks), error)));
  response.on('end', () => {
    resolve(new Response(response, chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
  });
}

function timeout(problem: string): Error {
  return Object.assign(new Error(`@smithy/node-http-handler - ${problem}`), { name: 'TimeoutError' });
}

function listen(signal: AbortSignal, request: http.ClientRequest, fail: (error: Error) => void): void {
  const abort = () => {
    request.destroy();
    fail(aborted(signal));
  };
  signal.addEventListener('abort', abort, { once: true });
  request.once('close', () => signal.removeEventListener('abort', abort));
}

function aborted({ reason }: AbortSignal): Error {
  const error =
    reason === undefined || reason instanceof Error ? new Error('Request aborted') : new Error(String(reason));
  return Object.assign(error, { name: 'AbortError' }, reason instanceof Error && { cause: reason });
}
