/** An HTTP server on a loopback port, in front of one API. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Gateway, HttpResponse, Outcome } from './integration';
import { readBody, splitTarget } from './request';

/** API Gateway: the payload of a request, in bytes. */
const MOST_BODY_BYTES = 10 * 1024 * 1024;

/** Room for more than the 10,240 bytes that API Gateway takes, so that the gateways can say so. */
const MOST_HEADER_BYTES = 32 * 1024;

/**
 * How long a caller may take to send its headers, and all of its request; then it gets a 408. Node's own
 * are 60 and 300 seconds, in which a caller that sends a byte now and then would hold its connection.
 */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const CHECK_EVERY_MS = 2_000;

/**
 * How long a connection may rest. One that is closed just when a request comes is a reset for the caller, and Node's own 5
 * seconds are soon over on a busy machine; API Gateway keeps idle connections for minutes.
 */
const KEEP_ALIVE_MS = 60_000;

export const HOST = '127.0.0.1';

export interface RequestLog extends Outcome {
  readonly method: string;
  readonly path: string;
  readonly milliseconds: number;
}

/** A port that cannot be listened on. */
export class PortError extends Error {
  override readonly name = 'PortError';
  constructor(port: number, code: string | undefined) {
    const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${code ?? 'unknown error'})`;
    super(`Port ${port} ${why}. Give another one with --port, or --port 0 for any that is free.`);
  }
}

export class GatewayServer {
  private readonly server: Server;
  /** From this call on requests are answered; until then they wait. */
  open: (gateway: Gateway) => void = () => undefined;
  /** The request of each connection that came last. */
  private readonly lastOf = new WeakMap<Socket, Promise<void>>();
  private readonly gateway = new Promise<Gateway>((resolve) => {
    this.open = resolve;
  });

  constructor(private readonly onRequest: (log: RequestLog) => void) {
    const limits = {
      maxHeaderSize: MOST_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    };
    this.server = createServer(limits, (request, response) => this.enqueue(request, response));
  }

  /**
   * @param port 0: any free one
   * @returns the address, without a trailing slash
   * @throws PortError
   */
  async listen(port: number): Promise<string> {
    if (port > 65535) throw new PortError(port, 'above 65535');
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => {
        reject(new PortError(port, error.code));
      });
      this.server.listen(port, HOST, resolve);
    });
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends at once, whatever is under way. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /**
   * One request of a connection after another: HTTP/1.1 answers them in their order, and a caller that
   * pipelines hundreds must not have an instance of the function for each.
   */
  private enqueue(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const earlier = this.lastOf.get(socket);
    const served = earlier ? earlier.then(() => this.serve(request, response)) : this.serve(request, response);
    this.lastOf.set(socket, served);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = performance.now();
    const { method = '', url = '/' } = request;
    const gateway = await this.gateway;
    const requestId = gateway.newRequestId();
    let outcome: Outcome;
    try {
      outcome = await outcomeOf(gateway, request, requestId);
    } catch (error) {
      // The caller went away while it sent its body, or while an earlier request of its connection was served.
      if (!request.complete || request.errored) return void response.destroy();
      outcome = faultOf(error);
    }
    try {
      send(response, outcome, [gateway.requestIdHeader, requestId]);
    } catch (error) {
      outcome = faultOf(error);
      // It may have one that cannot be sent.
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      response.statusMessage = '';
      send(response, outcome, [gateway.requestIdHeader, requestId]);
    }
    // Named one by one: V8 takes its slow path for literals that begin with a spread, and this is done for each request.
    const { response: answer, routeKey, cold, calls, reason, trace } = outcome;
    const milliseconds = performance.now() - start;
    this.onRequest({ method, path: url, milliseconds, response: answer, routeKey, cold, calls, reason, trace });
  }
}

async function outcomeOf(gateway: Gateway, request: IncomingMessage, requestId: string): Promise<Outcome> {
  const time = new Date();
  const body = await readBody(request, MOST_BODY_BYTES);
  const { rawPath, rawQuery } = splitTarget(request.url ?? '/');
  const head = {
    rawPath,
    rawQuery,
    method: request.method ?? '',
    rawHeaders: request.rawHeaders,
    sourceIp: request.socket.remoteAddress ?? '',
    protocol: `HTTP/${request.httpVersion}`,
    requestId,
    time,
  };
  return gateway.handle(head, body);
}

function send(response: ServerResponse, { response: answer }: Outcome, id: readonly [string, string]): void {
  const { status, headers, body } = answer;
  response.writeHead(status, linesOf([...headers, id], Buffer.byteLength(body)));
  // Text goes out in one piece with the head, in the encoding of both.
  const isText = typeof body === 'string' && [...headers, id].every(([, value]) => isAscii(value));
  response.end(isText ? body : Buffer.from(body));
}

/** Names and values in turn: those of a name stand together, and of the same name in another case the last one counts. */
function linesOf(headers: HttpResponse['headers'], length: number): string[] {
  const groups = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const lines = groups.get(name.toLowerCase());
    if (lines?.[0] === name) lines.push(name, value);
    else groups.set(name.toLowerCase(), [name, value]);
  }
  groups.set('content-length', ['content-length', String(length)]);
  const all: string[] = [];
  for (const lines of groups.values()) all.push(...lines);
  return all;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** A fault of the local run itself: it answers, says so, and goes on. */
function faultOf(error: unknown): Outcome {
  const body = JSON.stringify({ message: 'Internal Server Error' });
  const reason = `fault of the local run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  return { response: { status: 500, headers: [['content-type', 'application/json']], body }, reason };
}
