/** The last requests, with their log lines, for the console page; whoever subscribes hears of new ones. */
import type { Deployment } from '../deployment';
import type { RequestLog } from '../gateway/server';
import { apiKeysOf } from '../print/api-keys';
import { type Payloads, payloads, type RequestRecord, requestRecord } from '../print/record';
import type { Reload } from '../watch/watch';

/** So many are kept. */
export const MOST_REQUESTS = 200;

/** Of one request; a function that logs without end must not fill the memory. */
const MOST_LINES = 200;

/** Invocations whose lines came before their request was answered, and some more. */
const MOST_INVOCATIONS = 500;

export interface LoggedRequest extends RequestRecord {
  /** Counts up, over all requests of a run. */
  readonly number: number;
  /** The lines that the function wrote, one that writes much cut short. */
  readonly logs: readonly string[];
}

/** With what Lambda got and gave. */
export type WholeRequest = LoggedRequest & Payloads;

/** What is told to subscribers. */
export type HistoryEvent =
  { readonly kind: 'request'; readonly data: LoggedRequest } | { readonly kind: 'reload'; readonly data: Reload };

interface Kept {
  readonly record: LoggedRequest;
  readonly log: RequestLog;
}

export class History {
  private readonly kept: Kept[] = [];
  /** The same, by invocation. */
  private readonly byInvocation = new Map<string, Kept>();
  /** Lines by invocation. */
  private readonly lines = new Map<string, string[]>();
  private readonly subscribers = new Set<(event: HistoryEvent) => void>();
  private count = 0;

  request(log: RequestLog): void {
    const record = requestRecord(log);
    const logs = this.linesOf(record.invocationId);
    this.count += 1;
    const kept = { record: { ...record, number: this.count, logs }, log };
    this.kept.push(kept);
    if (record.invocationId !== undefined) this.byInvocation.set(record.invocationId, kept);
    if (this.kept.length > MOST_REQUESTS) this.byInvocation.delete(this.kept.shift()?.record.invocationId ?? '');
    this.tell({ kind: 'request', data: kept.record });
  }

  /** A line may come after its request's answer: the request is told once more. */
  log(line: string, requestId: string | undefined): void {
    if (requestId === undefined) return;
    const lines = this.linesOf(requestId);
    if (lines.length >= MOST_LINES) return;
    lines.push(line);
    const kept = this.byInvocation.get(requestId);
    if (kept) this.tell({ kind: 'request', data: kept.record });
  }

  reload(reload: Reload): void {
    this.tell({ kind: 'reload', data: reload });
  }

  /** The newest first. */
  list(): LoggedRequest[] {
    return this.kept.map(({ record }) => record).reverse();
  }

  /** @param deployments those of this moment, whose API keys are not shown */
  one(number: number, deployments: readonly Deployment[]): WholeRequest | undefined {
    const kept = this.kept.find(({ record }) => record.number === number);
    return kept && { ...kept.record, ...payloads(kept.log, apiKeysOf(deployments)) };
  }

  /** @returns ends the subscription */
  subscribe(subscriber: (event: HistoryEvent) => void): () => void {
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  }

  private linesOf(invocationId = ''): string[] {
    if (invocationId === '') return [];
    const known = this.lines.get(invocationId);
    if (known) return known;
    const lines: string[] = [];
    this.lines.set(invocationId, lines);
    for (const oldest of this.lines.keys()) {
      if (this.lines.size <= MOST_INVOCATIONS) break;
      this.lines.delete(oldest);
    }
    return lines;
  }

  private tell(event: HistoryEvent): void {
    for (const subscriber of this.subscribers) subscriber(event);
  }
}
