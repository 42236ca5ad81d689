/** What the run notes of a request beside its answer: which API, which invocation, how long it was held. */

/** What Lambda got and gave. */
export interface Invocation {
  readonly functionName: string;
  /** Lambda's request id. */
  readonly requestId: string;
  readonly event: unknown;
  /** The handler's result as JSON text; undefined when it failed, or has not answered yet. */
  result?: string | undefined;
}

export interface Trace {
  readonly stack: string;
  /** The API's address in Terraform. */
  readonly api: string;
  /** API Gateway's request id. */
  readonly requestId: string;
  /** How long it waited for a reload that was under way, in ms. */
  readonly heldMs: number;
  invocation?: Invocation | undefined;
}

/** The requests under way, by their ids: an event has the id of the request that it is of. */
export class Traces {
  private readonly underWay = new Map<string, Trace>();

  begin(trace: Trace): void {
    this.underWay.set(trace.requestId, trace);
  }

  /** @param event as an invocation gets it */
  invoked(event: unknown, invocation: Invocation): void {
    const { requestContext } = event as { readonly requestContext?: { readonly requestId?: string } };
    const trace = this.underWay.get(requestContext?.requestId ?? '');
    if (trace) trace.invocation = invocation;
  }

  end(trace: Trace): void {
    this.underWay.delete(trace.requestId);
  }
}
