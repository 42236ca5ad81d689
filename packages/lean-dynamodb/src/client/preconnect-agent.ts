/** An HTTPS agent that opens its first connection while the function loads, before the first request. */
import type http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Endpoint } from './endpoint';

/** The first request gets the same error and reports it. */
const ignoreError = () => undefined;

export class PreconnectAgent extends https.Agent {
  /** The first connection, until a request uses it. */
  private firstSocket: TLSSocket | undefined;

  constructor(options: https.AgentOptions, endpoint: Endpoint) {
    super(options);
    // Only in Lambda. A test, for example, may load the function without making a request.
    if (process.env['AWS_LAMBDA_INITIALIZATION_TYPE']) this.preconnect(endpoint);
  }

  override createConnection(options: http.ClientRequestArgs, done: () => void): TLSSocket {
    const socket = this.firstSocket;
    this.firstSocket = undefined;
    if (socket) {
      socket.removeListener('error', ignoreError);
      socket.ref();
      if (!socket.destroyed) return socket;
    }
    return super.createConnection(options, done) as unknown as TLSSocket;
  }

  override destroy(): void {
    this.firstSocket?.destroy();
    super.destroy();
  }

  private preconnect({ hostname, port, servername }: Endpoint): void {
    const options = { ...this.options, host: hostname, port: Number(port || 443), servername };
    const socket = super.createConnection(options) as unknown as TLSSocket;
    socket.on('error', ignoreError);
    socket.unref();
    this.firstSocket = socket;
  }
}
