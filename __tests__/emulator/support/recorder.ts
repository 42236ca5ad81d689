/** A proxy between Terraform and the emulator. It records the calls, can hold one back, and works around the emulator's gaps. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { actionOf } from './calls';
import { bodyForMinistack } from './emulator-gaps';

export interface HeldRequest {
  /** Resolves when the request has arrived. The request gets no answer before `release`. */
  readonly arrived: Promise<void>;
  release(): void;
}

export class Recorder {
  /** The actions that Terraform called since the last `clear`. Calls by this suite are not recorded. */
  readonly actions = new Set<string>();
  private awaited: { action: string; arrive: () => void; released: Promise<void> } | undefined;
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
  holdNext(action: string): HeldRequest {
    let arrive: () => void = () => undefined;
    let release: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    this.awaited = { action, arrive, released };
    return { arrived, release: () => release() };
  }

  private async forward(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received = Buffer.concat(chunks);
    const action = actionOf(request, received);
    if (/terraform/i.test(request.headers['user-agent'] ?? '')) this.actions.add(action);
    await this.waitIfHeld(action);
    const body = bodyForMinistack(request, received);
    const headers = { ...request.headers, ...(body !== received && { 'content-length': String(body.length) }) };
    const { url, method } = request;
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const forwarded = http.request(new URL(url ?? '/', this.target), { method, headers }, resolve);
      forwarded.once('error', reject);
      forwarded.end(body);
    });
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  }

  private async waitIfHeld(action: string): Promise<void> {
    const { awaited } = this;
    if (awaited?.action !== action) return;
    this.awaited = undefined;
    awaited.arrive();
    await awaited.released;
  }
}
