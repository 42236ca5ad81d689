/** An agent that opens its first connection while the module loads, so that no request waits for it. */
import type http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Endpoint } from './endpoint';

/** The first request will meet the same error, and report it. */
const ignore = () => undefined;

export class WarmAgent extends https.Agent {
  private first: TLSSocket | undefined;

  constructor(options: https.AgentOptions, endpoint: Endpoint) {
    super(options);
    // Outside of Lambda, for example in a test that only loads the function, it would connect without need.
    if (process.env['AWS_LAMBDA_INITIALIZATION_TYPE']) this.open(endpoint);
  }

  override createConnection(options: http.ClientRequestArgs, done: () => void): TLSSocket {
    const first = this.first;
    this.first = undefined;
    if (first) {
      first.removeListener('error', ignore);
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
    socket.on('error', ignore);
    socket.unref();
    this.first = socket;
  }
}
