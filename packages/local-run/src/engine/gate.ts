/** Stands before an API's gateway, which a reload may exchange: holds requests while one is under way, and notes them. */
import { type Gateway, type Outcome, outcomeWith, own } from '../services/api-gateway/integration';
import type { GatewayRequest } from '../services/api-gateway/request';
import type { Trace, Traces } from './trace';

/** While stacks are being reloaded, requests wait here: the first after a save is answered by what was saved. */
export class Hold {
  private held: { readonly waiting: Promise<void>; readonly release: () => void } | undefined;

  /** @param most ms after which requests go on all the same */
  constructor(private readonly most: number) {}

  /** @returns undefined when nothing is held */
  get waiting(): Promise<void> | undefined {
    return this.held?.waiting;
  }

  /** Changes nothing while one is under way. */
  begin(): void {
    if (this.held) return;
    const timer = setTimeout(() => this.end(), this.most);
    let resolve: () => void = () => undefined;
    const waiting = new Promise<void>((resolved) => (resolve = resolved));
    const release = () => {
      clearTimeout(timer);
      resolve();
    };
    this.held = { waiting, release };
  }

  /** At once: one that begins right after it is another one. */
  end(): void {
    this.held?.release();
    this.held = undefined;
  }
}

export class Gate implements Gateway {
  private readonly underWay = new Set<Promise<unknown>>();
  private closed = false;

  constructor(
    private gateway: Gateway,
    /** The stack, and the API's address in Terraform. */
    private readonly of: Pick<Trace, 'stack' | 'api'>,
    private readonly hold: Hold,
    private readonly traces: Traces,
  ) {}

  get requestIdHeader(): string {
    return this.gateway.requestIdHeader;
  }

  newRequestId(): string {
    return this.gateway.newRequestId();
  }

  /** Later requests are answered by this one. */
  lead(gateway: Gateway): void {
    this.gateway = gateway;
  }

  async handle(request: Omit<GatewayRequest, 'body'>, body: Buffer | undefined): Promise<Outcome> {
    const handling = this.handleTraced(request, body);
    this.underWay.add(handling);
    try {
      return await handling;
    } finally {
      this.underWay.delete(handling);
    }
  }

  /** The API is no more: later requests are told so. Settles when those under way have their answers. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.underWay);
  }

  private async handleTraced(request: Omit<GatewayRequest, 'body'>, body: Buffer | undefined): Promise<Outcome> {
    const came = performance.now();
    const { waiting } = this.hold;
    if (waiting) await waiting;
    const { stack, api } = this.of;
    const heldMs = waiting ? performance.now() - came : 0;
    const trace: Trace = { stack, api, requestId: request.requestId, heldMs, invocation: undefined };
    if (this.closed) return { ...own(404, 'Not Found', 'the API is no longer among the stacks'), trace };
    this.traces.begin(trace);
    try {
      return outcomeWith(await this.gateway.handle(request, body), { trace });
    } finally {
      this.traces.end(trace);
    }
  }
}
