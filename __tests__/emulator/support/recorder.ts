/** Stands between Terraform and the emulator: records the calls, can hold one back, and mends what the emulator gets wrong. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { actionOf } from './calls';
import { mended } from './emulator-gaps';

export interface Held {
  /** Resolves when a request that was waited for has come; it gets no answer until `release`. */
  readonly arrived: Promise<void>;
  release(): void;
}

export class Recorder {
  /** The actions of Terraform's calls since the last `clear`; this suite asks too, and does not count. */
  readonly actions = new Set<string>();
  private holding: { action: string; arrive: () => void; released: Promise<void> } | undefined;
  private readonly server: http.Server;

  constructor(private readonly target: string) {
    this.server = http.createServer((request, response) => {
      this.forward(request, response).catch((error: unknown) => {
        response.writeHead(502).end(String(error));
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Holds back the next request for an action. */
  hold(action: string): Held {
    let arrive: () => void = () => undefined;
    let release: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    this.holding = { action, arrive, released };
    return { arrived, release: () => release() };
  }

  private async forward(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    const action = actionOf(request, sent);
    if (/terraform/i.test(request.headers['user-agent'] ?? '')) this.actions.add(action);
    await this.waitIfHeld(action);
    const body = mended(request, sent);
    const headers = { ...request.headers, ...(body !== sent && { 'content-length': String(body.length) }) };
    const { url, method } = request;
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const onward = http.request(new URL(url ?? '/', this.target), { method, headers }, resolve);
      onward.once('error', reject);
      onward.end(body);
    });
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  }

  private async waitIfHeld(action: string): Promise<void> {
    const { holding } = this;
    if (holding?.action !== action) return;
    this.holding = undefined;
    holding.arrive();
    await holding.released;
  }
}
