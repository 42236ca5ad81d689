/** Sends requests with HTTP/1.1 over keep-alive connections, with the SDK's timeouts and errors. */
import http from 'node:http';
import type https from 'node:https';
import type { Socket } from 'node:net';
import { Deadlines } from './deadlines';
import type { Endpoint } from './endpoint';
import { unsupported } from './unsupported';
import { PreconnectAgent } from './preconnect-agent';

/** The supported options of NodeHttpHandlerOptions. */
export interface HandlerOptions {
  /** Timeout for establishing a connection, in ms. @default no timeout */
  readonly connectionTimeout?: number;
  /** Timeout until the response begins, in ms. @default no timeout */
  readonly requestTimeout?: number;
  /** Whether `requestTimeout` ends the request. Must be true with it: otherwise the SDK only logs a warning. */
  readonly throwOnRequestTimeout?: boolean;
}

/** A response from DynamoDB. Errors have it as `$response`, in the SDK's form. */
export class HttpResponse {
  readonly statusCode: number;
  readonly reason: string;
  /** Header names and values, alternating. Names can be in upper or lower case. */
  readonly rawHeaders: readonly string[];

  constructor(
    private readonly message: http.IncomingMessage,
    readonly body: Buffer,
    /** Why the body is incomplete; undefined for a complete body. */
    readonly bodyError?: Error,
  ) {
    this.statusCode = message.statusCode ?? -1;
    this.reason = message.statusMessage ?? '';
    this.rawHeaders = message.rawHeaders;
  }

  /** The headers by lower-case name. Node.js creates this object on first use; most results do not need it. */
  get headers(): Readonly<Record<string, string>> {
    return this.message.headers as Record<string, string>;
  }
}

export interface CallOptions {
  readonly abortSignal?: AbortSignal | undefined;
  readonly requestTimeout?: number | undefined;
}

/** The SDK's maximum number of open connections. */
const MAX_SOCKETS = 50;

const SUPPORTED_OPTIONS = ['connectionTimeout', 'requestTimeout', 'throwOnRequestTimeout'];

/** Codes of errors for a lost connection. */
const LOST_CONNECTION = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

export class Transport {
  private readonly agent: http.Agent;
  private readonly deadlines = new Deadlines();

  constructor(
    private readonly endpoint: Endpoint,
    private readonly options: HandlerOptions = {},
  ) {
    const unknown = Object.keys(options).filter((name) => !SUPPORTED_OPTIONS.includes(name));
    if (unknown.length > 0 || (options.requestTimeout && !options.throwOnRequestTimeout)) {
      throw unsupported(
        `requestHandler has the options ${Object.keys(options).join(', ')}. It supports ${SUPPORTED_OPTIONS.join(', ')}, ` +
          'and requestTimeout only if throwOnRequestTimeout is true.',
      );
    }
    this.agent =
      endpoint.protocol === 'https:'
        ? new PreconnectAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }, endpoint)
        : new http.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  }

  /** @param headers header names and values, alternating, in the order to send them */
  send(headers: string[], body: string, { abortSignal, requestTimeout }: CallOptions): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      if (abortSignal?.aborted) throw abortError(abortSignal);
      const { hostname: host, port, path, servername } = this.endpoint;
      const request = http.request({
        agent: this.agent,
        protocol: this.endpoint.protocol,
        method: 'POST',
        host,
        port,
        path,
        // Without it, the agent checks for each request whether the host is an IP address.
        servername,
        headers,
      } as https.RequestOptions);
      const fail = (error: Error) => {
        cancelTimeout();
        reject(error);
      };
      const cancelTimeout = this.startRequestTimeout(request, requestTimeout ?? this.options.requestTimeout, fail);
      request.on('error', (error: NodeJS.ErrnoException) => {
        fail(LOST_CONNECTION.has(error.code ?? '') ? Object.assign(error, { name: 'TimeoutError' }) : error);
      });
      request.on('response', (response) => {
        cancelTimeout();
        collectBody(response, resolve);
      });
      if (this.options.connectionTimeout) startConnectionTimeout(request, this.options.connectionTimeout, fail);
      if (abortSignal) abortOnSignal(abortSignal, request, fail);
      // Node.js sends a string body and the headers in one write.
      request.end(body);
    });
  }

  destroy(): void {
    this.agent.destroy();
  }

  /** @returns a function that cancels the timeout; call it when the response begins */
  private startRequestTimeout(
    request: http.ClientRequest,
    milliseconds: number | undefined,
    fail: (error: Error) => void,
  ): () => void {
    if (!milliseconds) return () => undefined;
    return this.deadlines.set(milliseconds, () => {
      const error = timeoutError(`[ERROR] a request has exceeded the configured ${milliseconds} ms requestTimeout.`);
      request.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
      fail(error);
    });
  }
}

function startConnectionTimeout(request: http.ClientRequest, milliseconds: number, fail: (error: Error) => void): void {
  request.once('socket', (socket: Socket) => {
    if (!socket.connecting) return;
    const expire = () => {
      request.destroy();
      fail(
        timeoutError(
          `the request socket did not establish a connection with the server within the configured timeout of ${milliseconds} ms.`,
        ),
      );
    };
    const timer = setTimeout(expire, milliseconds);
    socket.once('connect', () => clearTimeout(timer));
    request.once('close', () => clearTimeout(timer));
  });
}

function collectBody(response: http.IncomingMessage, resolve: (response: HttpResponse) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('error', (error) => resolve(new HttpResponse(response, Buffer.concat(chunks), error)));
  response.on('end', () => {
    resolve(new HttpResponse(response, chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
  });
}

/** An error with the SDK's name and message. */
function timeoutError(problem: string): Error {
  return Object.assign(new Error(`@smithy/node-http-handler - ${problem}`), { name: 'TimeoutError' });
}

function abortOnSignal(signal: AbortSignal, request: http.ClientRequest, fail: (error: Error) => void): void {
  const abort = () => {
    request.destroy();
    fail(abortError(signal));
  };
  signal.addEventListener('abort', abort, { once: true });
  request.once('close', () => signal.removeEventListener('abort', abort));
}

/** The SDK's error for an aborted request. */
function abortError({ reason }: AbortSignal): Error {
  const error =
    reason === undefined || reason instanceof Error ? new Error('Request aborted') : new Error(String(reason));
  return Object.assign(error, { name: 'AbortError' }, reason instanceof Error && { cause: reason });
}
