/** The HTTP server of one API, on a loopback port. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Gateway, gatewayError, type Outcome } from './gateway';
import { type GatewayRequest, toGatewayRequest, readBody } from './request';
import { resetResponse, sendResponse } from './send-response';

export const HOST = '127.0.0.1';

/** API Gateway's quota for the body of a request. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

const LIMITS = {
  /** More than the 10,240 bytes that API Gateway accepts, so the gateway refuses longer headers, not Node.js. */
  maxHeaderSize: 32 * 1024,
  /** A slow caller gets a 408. With the defaults of Node.js, it could occupy a connection for 60 or 300 seconds. */
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 2_000,
  /**
   * How long an idle connection stays open. If a connection closes while a request arrives, the caller sees a reset. With
   * the default of 5 seconds, resets happen on a busy machine. API Gateway keeps idle connections for minutes.
   */
  keepAliveTimeout: 60_000,
};

/** One request and its outcome, for the log and the console. */
export interface RequestLog extends Outcome {
  readonly stack: string;
  /** The API's Terraform address. */
  readonly api: string;
  /** API Gateway's request id. */
  readonly requestId: string;
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  readonly milliseconds: number;
  /** How long the request waited for the end of a start or a reload. */
  readonly heldMs: number;
  /** The headers and the body as sent. */
  readonly request?: Pick<GatewayRequest, 'rawHeaders' | 'body'>;
}

export interface GatewayServerOptions {
  readonly stack: string;
  /** The API's Terraform address. */
  readonly api: string;
  /** While `waiting` is a promise, requests wait for it before the gateway handles them. @default requests never wait */
  readonly barrier?: { readonly waiting: Promise<void> | undefined };
  readonly onRequest: (log: RequestLog) => void;
}

/** A port on which the server cannot listen. */
export class PortError extends Error {
  override readonly name = 'PortError';
  constructor(port: number, code: string | undefined) {
    const reason = code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${code ?? 'unknown error'})`;
    super(`Port ${port} ${reason}. Set another port with --port, or 0 for any free port.`);
  }
}

export class GatewayServer {
  private readonly server: Server;
  private onFirstGateway: (gateway: Gateway) => void = () => undefined;
  private gateway = new Promise<Gateway>((resolve) => (this.onFirstGateway = resolve));
  /** The last request of each connection. */
  private readonly lastRequests = new WeakMap<Socket, Promise<void>>();
  /** Requests that the gateway is handling. */
  private readonly pending = new Set<Promise<Outcome>>();
  private isDraining = false;

  constructor(private readonly options: GatewayServerOptions) {
    this.server = createServer(LIMITS, (incoming, outgoing) => this.enqueue(incoming, outgoing));
  }

  /**
   * @param port 0: any free port
   * @returns the URL, without a trailing slash
   * @throws PortError
   */
  async listen(port: number): Promise<string> {
    if (port > 65535) throw new PortError(port, 'above 65535');
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => reject(new PortError(port, error.code)));
      this.server.listen(port, HOST, resolve);
    });
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}`;
  }

  /** Sets the gateway of later requests. Pending requests keep their gateway. Requests wait until the first call. */
  replaceGateway(gateway: Gateway): void {
    this.onFirstGateway(gateway);
    this.gateway = Promise.resolve(gateway);
  }

  /** Call it for a removed API: later requests get a 404. Resolves when the gateway has handled all pending requests. */
  async drain(): Promise<void> {
    this.isDraining = true;
    await Promise.allSettled(this.pending);
  }

  /** Closes all connections immediately, even with pending requests. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /**
   * Serves the requests of a connection one after the other, because HTTP/1.1 responds in order. So a caller that pipelines
   * hundreds of requests starts one instance of the function, not hundreds.
   */
  private enqueue(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { socket } = incoming;
    const previous = this.lastRequests.get(socket);
    const served = previous ? previous.then(() => this.serve(incoming, outgoing)) : this.serve(incoming, outgoing);
    this.lastRequests.set(socket, served);
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const start = performance.now();
    const time = new Date();
    await this.gateway;
    let body: Buffer | undefined;
    try {
      body = await readBody(incoming, MAX_BODY_BYTES);
    } catch {
      // The caller closed the connection.
      return void outgoing.destroy();
    }
    const heldMs = await this.waitForReload();
    const gateway = await this.gateway;
    const request = toGatewayRequest(incoming, body, gateway.newRequestId(), time);
    const { method, requestId } = request;
    const idHeader = [gateway.requestIdHeader, requestId] as const;
    let outcome = await this.handle(gateway, request);
    try {
      sendResponse(outgoing, outcome.response, idHeader);
    } catch (error) {
      outcome = { ...outcome, ...internalFault(error) };
      resetResponse(outgoing);
      sendResponse(outgoing, outcome.response, idHeader);
    }
    const { stack, api, onRequest } = this.options;
    const milliseconds = performance.now() - start;
    const path = incoming.url ?? '/';
    const { response, routeKey, invocation, authorizerInvocation, cold, calls, reason } = outcome;
    // Not `...outcome`: V8 creates such an object slowly, and this code runs for every request.
    onRequest({
      stack,
      api,
      requestId,
      method,
      path,
      milliseconds,
      heldMs,
      response,
      routeKey,
      invocation,
      authorizerInvocation,
      cold,
      calls,
      reason,
      request,
    });
  }

  /** @returns the waiting time, in ms */
  private async waitForReload(): Promise<number> {
    const waiting = this.options.barrier?.waiting;
    if (!waiting) return 0;
    const start = performance.now();
    await waiting;
    // A reload can begin before the start has ended.
    await this.options.barrier.waiting;
    return performance.now() - start;
  }

  private async handle(gateway: Gateway, request: GatewayRequest): Promise<Outcome> {
    if (this.isDraining) return gatewayError(404, 'Not Found', 'the API was removed from its stack');
    const handling = gateway.handle(request);
    this.pending.add(handling);
    try {
      return await handling;
    } catch (error) {
      return internalFault(error);
    } finally {
      this.pending.delete(handling);
    }
  }
}

/** The outcome of an error in the local run itself. The request fails; the server continues. */
function internalFault(error: unknown): Outcome {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return gatewayError(500, 'Internal Server Error', `fault of the local run: ${text}`);
}
