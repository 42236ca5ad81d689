/** Keeps the last requests with their log lines for the console, and publishes new requests to subscribers. */
import type { Reload } from '../engine/watch';
import { firstFault } from '../print/first-fault';
import { type Payloads, payloads, type RecordedRequest, type RequestRecord, requestRecord } from '../print/record';
import { hideApiKeys, NO_SECRETS, type Secrets } from '../print/secrets';
import type { RequestLog } from '../services/api-gateway/server';
import {
  type Exchange,
  keepExchange,
  responseRecord,
  type ResponseRecord,
  type SentRequest,
  sentRequest,
} from './exchange';
import { type InvocationLog, InvocationLogs, truncate } from './invocation-logs';
import { PayloadBudget, type StoredPayload } from './payload-budget';

export const MAX_REQUESTS = 200;

export const PAYLOADS_DROPPED =
  'The event and result were dropped: the console keeps at most 64 MB of events and results, from the last requests.';

export interface RequestSummary extends RequestRecord {
  /** Sequence number of the request in this run, from 1. */
  readonly number: number;
  /** The lines that the authorizer and the function logged, within limits. */
  readonly logs: readonly string[];
}

/** A request with its response, the event that Lambda received and the result that it returned. */
export interface RequestDetails extends RequestSummary, Payloads {
  readonly response?: ResponseRecord;
  /** Explains why the event and result are missing. Absent unless they were dropped. */
  readonly note?: string;
}

export type HistoryEvent =
  { readonly kind: 'request'; readonly data: RequestSummary } | { readonly kind: 'reload'; readonly data: Reload };

/** A request in the history. Readers get a summary, computed on each read. */
interface StoredRequest extends StoredPayload {
  readonly number: number;
  /** When the response was sent, in ms since the epoch. */
  readonly time: number;
  readonly log: RecordedRequest;
  readonly exchange: Exchange | undefined;
  /** The credentials at that time. The summary hides them. */
  readonly secrets: Secrets;
  /** The logs of the authorizer and the function. */
  readonly invocationLogs: readonly InvocationLog[];
  readonly invocationIds: readonly string[];
}

export class History {
  /** The stored requests, the oldest first. */
  private readonly requests: StoredRequest[] = [];
  private readonly byInvocation = new Map<string, StoredRequest>();
  private readonly logs = new InvocationLogs();
  private readonly payloadBudget = new PayloadBudget();
  private readonly subscribers = new Set<(event: HistoryEvent) => void>();
  private count = 0;
  /** Returns the current credentials; undefined until `enable` is called. */
  private secrets: (() => Secrets) | undefined;
  /** The last reload, if it failed. */
  private failedReload: Reload | undefined;

  /**
   * Starts keeping requests and log lines. A run without a console keeps none.
   * @param secrets returns the current credentials; the history hides them in all stored text
   */
  enable(secrets: () => Secrets): void {
    this.secrets = secrets;
  }

  addRequest(log: RequestLog): void {
    if (!this.secrets) return;
    const secrets = this.secrets();
    const { invocation, authorizerInvocation } = log;
    const invocationIds = [authorizerInvocation, invocation].flatMap((each) => each?.requestId ?? []);
    this.count += 1;
    const request: StoredRequest = {
      number: this.count,
      time: Date.now(),
      log: withoutPayloads(log, secrets),
      exchange: keepExchange(log),
      secrets,
      invocationLogs: invocationIds.map((id) => this.logs.getOrCreate(id)),
      invocationIds,
      invocation,
      characters: 0,
    };
    this.requests.push(request);
    for (const id of invocationIds) this.byInvocation.set(id, request);
    this.payloadBudget.add(request);
    if (this.requests.length > MAX_REQUESTS) this.removeOldest();
    this.payloadBudget.enforce(this.requests);
    this.publishRequest(request);
  }

  /** Adds a log line. If the line arrives after the response to its request, the history publishes the updated request. */
  addLogLine(line: string, invocationId: string | undefined): void {
    if (!this.secrets || invocationId === undefined) return;
    const changed = this.logs.getOrCreate(invocationId).add(hideApiKeys(line, this.secrets().apiKeys));
    const request = this.byInvocation.get(invocationId);
    if (changed && request) this.publishRequest(request);
  }

  addReload(reload: Reload): void {
    this.failedReload = reload.outcome === 'failed' ? reload : undefined;
    this.publish({ kind: 'reload', data: reload });
  }

  /** Lists the requests, the newest first. */
  list(): RequestSummary[] {
    return this.requests.map(summarize).reverse();
  }

  find(number: number): RequestDetails | undefined {
    const request = this.requests.find((candidate) => candidate.number === number);
    if (!request) return undefined;
    const { invocation, exchange } = request;
    const secrets = this.secrets?.() ?? NO_SECRETS;
    const details = { ...summarize(request), ...(exchange && { response: responseRecord(exchange, secrets) }) };
    if (invocation === 'dropped') return { ...details, note: PAYLOADS_DROPPED };
    return { ...details, ...payloads(invocation, secrets) };
  }

  /** @returns the request as it was sent, with its credentials; undefined when there is no such request */
  findSent(number: number): (SentRequest & Pick<RequestRecord, 'stack' | 'api'>) | undefined {
    const request = this.requests.find((candidate) => candidate.number === number);
    if (!request?.exchange) return undefined;
    const { stack, api } = request.log;
    return { stack, api, ...sentRequest(request.exchange) };
  }

  /** @param requestId API Gateway's request id, from a header of the response */
  numberOf(requestId: string): number | undefined {
    return this.requests.findLast(({ log }) => log.requestId === requestId)?.number;
  }

  /**
   * Sends later events to the subscriber. If the last reload failed, sends that reload immediately, because the served code
   * is older than the saved files.
   * @returns a function that ends the subscription
   */
  subscribe(subscriber: (event: HistoryEvent) => void): () => void {
    this.subscribers.add(subscriber);
    if (this.failedReload) subscriber({ kind: 'reload', data: this.failedReload });
    return () => this.subscribers.delete(subscriber);
  }

  private removeOldest(): void {
    const oldest = this.requests.shift();
    if (!oldest) return;
    for (const id of oldest.invocationIds) this.byInvocation.delete(id);
    this.payloadBudget.remove(oldest);
  }

  private publishRequest(request: StoredRequest): void {
    if (this.subscribers.size > 0) this.publish({ kind: 'request', data: summarize(request) });
  }

  private publish(event: HistoryEvent): void {
    for (const subscriber of this.subscribers) subscriber(event);
  }
}

/** Copies the fields of a summary. The log itself would keep the response body, event and result in memory. */
function withoutPayloads(log: RequestLog, secrets: Secrets): RecordedRequest {
  const { stack, api, requestId, method, path, milliseconds, heldMs, routeKey, cold, calls } = log;
  const { response, invocation, reason } = log;
  return {
    ...{ stack, api, requestId, method, path, milliseconds, heldMs, routeKey, cold, calls },
    response: { status: response.status },
    invocation: invocation && { functionName: invocation.functionName, requestId: invocation.requestId },
    fault: firstFault(response, secrets),
    // Hides keys before it truncates: a cut through a key would leave part of the key visible.
    reason: reason === undefined ? undefined : truncate(hideApiKeys(reason, secrets.apiKeys)),
  };
}

function summarize({ number, time, log, secrets, invocationLogs }: StoredRequest): RequestSummary {
  return { ...requestRecord(log, secrets, time), number, logs: invocationLogs.flatMap(({ lines }) => lines) };
}
