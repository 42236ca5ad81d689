/** A proxy between Terraform and the emulator. It records the calls, can hold one back, and works around the emulator's gaps. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Call, callLine, readCallLine } from '../../support/iam/call';
import { CallReader } from './calls';
import { AwsRequest } from './calls/request';
import { SUITE_AGENT } from './clients';
import { AnswerGaps, bodyForMinistack, isRouteSettingsRemoval } from './emulator-gaps';
import { ADMINISTRATOR, signed } from './sign';

export interface HeldRequest {
  /** Resolves when the request has arrived. The request gets no answer before `release`. */
  readonly arrived: Promise<void>;
  release(): void;
}

export class Recorder {
  private readonly lines = new Set<string>();
  /** All requests in their order, for example `POST /restapis/abc/deployments`. */
  private readonly requests: string[] = [];
  private readonly reader = new CallReader();
  private readonly gaps = new AnswerGaps();
  private awaited: { action: string; arrive: () => void; released: Promise<void> } | undefined;
  private readonly server: http.Server;

  constructor(private readonly target: string) {
    this.server = http.createServer((request, response) => {
      this.forward(request, response).catch((error: unknown) => {
        response.writeHead(502).end(String(error));
      });
    });
  }

  /** The different calls of Terraform and of the project's scripts since the last `clear`, without calls by this suite. */
  get calls(): Call[] {
    return [...this.lines].sort().map(readCallLine);
  }

  /** Forgets all calls. */
  clear(): void {
    this.lines.clear();
  }

  /** Runs a step. @returns the calls that it made; `calls` does not have them */
  async during(run: () => Promise<unknown>): Promise<Call[]> {
    const before = [...this.lines];
    this.lines.clear();
    await run();
    const made = this.calls;
    this.lines.clear();
    for (const line of before) this.lines.add(line);
    return made;
  }

  /** Runs a step. @returns the requests that it made, in their order, for example `POST /restapis/abc/deployments` */
  async requestsDuring(run: () => Promise<unknown>): Promise<string[]> {
    const start = this.requests.length;
    await run();
    return this.requests.slice(start);
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
    const received = await bytesOf(request);
    const awsRequest = new AwsRequest(request, received);
    const calls = this.reader.callsOf(awsRequest);
    const bySuite = request.headers['user-agent']?.includes(SUITE_AGENT);
    if (!bySuite) {
      for (const call of calls) this.lines.add(callLine(call));
      this.requests.push(`${awsRequest.method} ${awsRequest.path}`);
    }
    await this.waitIfHeld(calls[0].action);
    if (isRouteSettingsRemoval(request)) return void response.writeHead(204).end();
    const body = bodyForMinistack(request, received);
    const { url = '/', method = '' } = request;
    const headers = body === received ? request.headers : await signedAgain(awsRequest, request.headers, body);
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const forwarded = http.request(new URL(url, this.target), { method, headers }, resolve);
      forwarded.once('error', reject);
      forwarded.end(body);
    });
    const answered = await bytesOf(answer);
    const { statusCode: status = 502 } = answer;
    if (status >= 300) return void response.writeHead(status, answer.headers).end(answered);
    this.reader.succeeded(awsRequest, answered);
    const mended = this.gaps.mend(awsRequest, answered);
    const { 'transfer-encoding': _, ...others } = answer.headers;
    response.writeHead(status, mended === answered ? answer.headers : { ...others, 'content-length': mended.length });
    response.end(mended);
  }

  private async waitIfHeld(action: string): Promise<void> {
    const { awaited } = this;
    if (awaited?.action !== action) return;
    this.awaited = undefined;
    awaited.arrive();
    await awaited.released;
  }
}

/** Signs a request with another body. The recorder does not know the secret of its caller, so it signs as the administrator. */
async function signedAgain(
  { method, path, service }: AwsRequest,
  { host = '', 'content-type': type = '' }: http.IncomingHttpHeaders,
  body: Buffer,
): Promise<http.OutgoingHttpHeaders> {
  const request = { host, method, path, headers: { 'content-type': type }, body: body.toString() };
  const { headers } = await signed(request, service, ADMINISTRATOR);
  return { ...headers, 'content-length': body.length };
}

async function bytesOf(message: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
