/** Types of an invocation of a function: its context, and the record of its event and result. */

/** Ids that an API passes to the instance together with an event. */
export interface InvocationContext {
  /** Lambda's request id. The invocation's log lines carry it. */
  readonly requestId: string;
  /** `Root=1-5759e988-bd862e3fe1be46a994272793`. The function reads it as `_X_AMZN_TRACE_ID`. */
  readonly traceId: string;
  /** The alias or version that the caller named. `context.invokedFunctionArn` ends with it. */
  readonly qualifier?: string | undefined;
}

export interface Invocation {
  readonly functionName: string;
  /** Lambda's request id. */
  readonly requestId: string;
  readonly event: unknown;
  /** The handler's result as JSON text. Undefined until the handler returns, and when it fails. */
  result?: string | undefined;
}
