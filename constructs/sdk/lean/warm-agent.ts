/** An agent that opens its first connection while the module loads, so that no request waits for it. */
import type http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Endpoint } from './endpoint';

export class WarmAgent extends https.Agent {
  private first: TLSSocket | undefined;

  constructor(options: https.AgentOptions, endpoint: Endpoint) {
    super(options);
    // Elsewhere, as in a test that only loads the function, nobody asked for a connection.
    if (process.env['AWS_LAMBDA_INITIALIZATION_TYPE']) this.open(endpoint);
  }

  override createConnection(options: http.ClientRequestArgs, done: () => void): TLSSocket {
    const first = this.first;
    this.first = undefined;
    if (first) {
      first.removeAllListeners('error');
      first.ref();
      if (!first.destroyed) return first;
    }
    return super.createConnection(options, done) as unknown as TLSSocket;
  }

  override destroy(): void {
    this.first?.destroy();
    super.destroy();
  }

  private open({ hostname, port, servername }: Endpoint): void {
    const options = { ...this.options, host: hostname, port: Number(port || 443), servername };
    const socket = super.createConnection(options) as unknown as TLSSocket;
    // Whatever is wrong with it, the first request meets it again, and reports it.
    socket.on('error', () => socket.destroy());
    socket.unref();
    this.first = socket;
  }
}
