/** The last requests, with their log lines, for the console page; whoever subscribes hears of new ones. */
import type { RequestLog } from '../gateway/server';
import { hiddenIn, type Payloads, payloads, type RequestRecord, requestRecord } from '../print/record';
import type { Invocation } from '../trace';
import type { Reload } from '../watch/watch';
import { cutShort, LogLines } from './log-lines';

/** So many are kept. */
export const MOST_REQUESTS = 200;

/** Invocations whose lines came before their request was answered, and some more. */
const MOST_INVOCATIONS = 500;

/**
 * Of all events and results together; a character takes one byte or two, so these are 64 MB at most. Counted are the texts
 * that can be long (bodies and results). An event's head is not: the gateway takes no more than 32 KB of it.
 */
const MOST_PAYLOAD_CHARACTERS = 32 * 1024 * 1024;

/** Stands in the place of those that were let go. */
export const PAYLOADS_GONE =
  'Event and result are no longer kept: those of later requests took the room (64 MB in all).';

export interface LoggedRequest extends RequestRecord {
  /** Counts up, over all requests of a run. */
  readonly number: number;
  /** The lines that the function wrote, one that writes much cut short. */
  readonly logs: readonly string[];
}

/** With what Lambda got and gave. */
export interface WholeRequest extends LoggedRequest, Payloads {
  /** Why event and result are not here, where there were any. */
  readonly note?: string;
}

/** What is told to subscribers. */
export type HistoryEvent =
  { readonly kind: 'request'; readonly data: LoggedRequest } | { readonly kind: 'reload'; readonly data: Reload };

interface Kept {
  readonly record: LoggedRequest;
  /** `gone`: there was one, and it took too much room. */
  invocation: Invocation | 'gone' | undefined;
}

export class History {
  private readonly kept: Kept[] = [];
  /** The same, by invocation. */
  private readonly byInvocation = new Map<string, Kept>();
  /** Lines by invocation. */
  private readonly lines = new Map<string, LogLines>();
  private readonly subscribers = new Set<(event: HistoryEvent) => void>();
  private count = 0;
  private apiKeys: (() => readonly string[]) | undefined;

  /**
   * From here on requests and lines are kept; a run that nobody can look at keeps none.
   * @param apiKeys those of the moment, which are not shown
   */
  begin(apiKeys: () => readonly string[]): void {
    this.apiKeys = apiKeys;
  }

  request(log: RequestLog): void {
    if (!this.apiKeys) return;
    const record = requestRecord(log, this.apiKeys());
    const { lines: logs = [] } = this.linesOf(record.invocationId) ?? {};
    this.count += 1;
    // What a function throws can be as long as it likes.
    const reason = record.reason === undefined ? {} : { reason: cutShort(record.reason) };
    const kept = { record: { ...record, ...reason, number: this.count, logs }, invocation: log.trace?.invocation };
    this.kept.push(kept);
    if (record.invocationId !== undefined) this.byInvocation.set(record.invocationId, kept);
    if (this.kept.length > MOST_REQUESTS) this.byInvocation.delete(this.kept.shift()?.record.invocationId ?? '');
    this.makeRoom();
    this.tell({ kind: 'request', data: kept.record });
  }

  /** A line may come after its request's answer: the request is told once more. */
  log(line: string, requestId: string | undefined): void {
    if (!this.apiKeys || requestId === undefined) return;
    if (this.linesOf(requestId)?.add(hiddenIn(line, this.apiKeys())) !== true) return;
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

  one(number: number): WholeRequest | undefined {
    const kept = this.kept.find(({ record }) => record.number === number);
    if (!kept) return undefined;
    const { record, invocation } = kept;
    if (invocation === 'gone') return { ...record, note: PAYLOADS_GONE };
    return { ...record, ...payloads(invocation, this.apiKeys?.() ?? []) };
  }

  /** @returns ends the subscription */
  subscribe(subscriber: (event: HistoryEvent) => void): () => void {
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  }

  /** Lets go of the oldest. All are counted each time, as a result may come after the answer: 200 additions. */
  private makeRoom(): void {
    let characters = this.kept.reduce((sum, { invocation }) => sum + charactersOf(invocation), 0);
    for (const one of this.kept) {
      if (characters <= MOST_PAYLOAD_CHARACTERS) return;
      characters -= charactersOf(one.invocation);
      if (one.invocation) one.invocation = 'gone';
    }
  }

  private linesOf(invocationId: string | undefined): LogLines | undefined {
    if (invocationId === undefined) return undefined;
    const known = this.lines.get(invocationId);
    if (known) return known;
    const lines = new LogLines();
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

/** By lengths that are at hand: this is done while requests are served. */
function charactersOf(invocation: Kept['invocation']): number {
  if (invocation === undefined || invocation === 'gone') return 0;
  const { body } = invocation.event as { readonly body?: unknown };
  return (typeof body === 'string' ? body.length : 0) + (invocation.result?.length ?? 0);
}
