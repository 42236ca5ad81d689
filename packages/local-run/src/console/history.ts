/** The last requests, with their log lines, for the console page; whoever subscribes hears of new ones. */
import type { RequestLog } from '../services/api-gateway/server';
import {
  hiddenIn,
  type Payloads,
  payloads,
  type RecordedRequest,
  type RequestRecord,
  requestRecord,
} from '../print/record';
import type { Invocation, Trace } from '../engine/trace';
import type { Reload } from '../engine/watch';
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

/** What is kept of a request; its record is made when somebody asks for it. */
interface Kept {
  readonly number: number;
  /** When it was answered, in ms since the epoch. */
  readonly time: number;
  readonly log: RecordedRequest;
  /** Those of that time, which are not shown. */
  readonly apiKeys: readonly string[];
  readonly lines: LogLines | undefined;
  /** `gone`: there was one, and it took too much room. */
  invocation: Invocation | 'gone' | undefined;
  /** Of the payloads, as counted. */
  characters: number;
}

export class History {
  private readonly kept: Kept[] = [];
  /** The same, by invocation. */
  private readonly byInvocation = new Map<string, Kept>();
  /** Lines by invocation. */
  private readonly lines = new Map<string, LogLines>();
  private readonly subscribers = new Set<(event: HistoryEvent) => void>();
  private count = 0;
  /** Those whose result may still come: after the gateway's own answer. */
  private readonly unfinished = new Set<Kept>();
  /** Of all payloads, as counted. */
  private characters = 0;
  private apiKeys: (() => readonly string[]) | undefined;
  /** The last reload, for as long as it is one that failed. */
  private failure: Reload | undefined;

  /**
   * From here on requests and lines are kept; a run that nobody can look at keeps none.
   * @param apiKeys those of the moment, which are not shown
   */
  begin(apiKeys: () => readonly string[]): void {
    this.apiKeys = apiKeys;
  }

  request(log: RequestLog): void {
    if (!this.apiKeys) return;
    const apiKeys = this.apiKeys();
    const { method, path, milliseconds, response, routeKey, cold, calls, reason, trace } = log;
    const invocation = trace?.invocation;
    this.count += 1;
    const kept: Kept = {
      number: this.count,
      time: Date.now(),
      log: {
        method,
        path,
        milliseconds,
        routeKey,
        cold,
        calls,
        response: { status: response.status },
        trace: trace && withoutPayloads(trace),
        // What a function throws can be as long as it likes. (A key that the cut goes through would be seen in part.)
        reason: reason === undefined ? undefined : cutShort(hiddenIn(reason, apiKeys)),
      },
      apiKeys,
      lines: this.linesOf(invocation?.requestId),
      invocation,
      characters: 0,
    };
    this.kept.push(kept);
    if (invocation) this.byInvocation.set(invocation.requestId, kept);
    this.unfinished.add(kept);
    if (this.kept.length > MOST_REQUESTS) this.forgetOldest();
    this.makeRoom();
    this.tell(kept);
  }

  /** A line may come after its request's answer: the request is told once more. */
  log(line: string, requestId: string | undefined): void {
    if (!this.apiKeys || requestId === undefined) return;
    if (this.linesOf(requestId)?.add(hiddenIn(line, this.apiKeys())) !== true) return;
    const kept = this.byInvocation.get(requestId);
    if (kept) this.tell(kept);
  }

  reload(reload: Reload): void {
    this.failure = reload.outcome === 'failed' ? reload : undefined;
    this.tellAll({ kind: 'reload', data: reload });
  }

  /** The newest first. */
  list(): LoggedRequest[] {
    return this.kept.map(recordOf).reverse();
  }

  one(number: number): WholeRequest | undefined {
    const kept = this.kept.find((one) => one.number === number);
    if (!kept) return undefined;
    const { invocation } = kept;
    const record = recordOf(kept);
    if (invocation === 'gone') return { ...record, note: PAYLOADS_GONE };
    return { ...record, ...payloads(invocation, this.apiKeys?.() ?? []) };
  }

  /**
   * Tells at once of a reload that failed and was not mended: what answers is not what was saved.
   * @returns ends the subscription
   */
  subscribe(subscriber: (event: HistoryEvent) => void): () => void {
    this.subscribers.add(subscriber);
    if (this.failure) subscriber({ kind: 'reload', data: this.failure });
    return () => this.subscribers.delete(subscriber);
  }

  private forgetOldest(): void {
    const oldest = this.kept.shift();
    if (!oldest) return;
    this.byInvocation.delete(oldest.log.trace?.invocation?.requestId ?? '');
    this.unfinished.delete(oldest);
    this.characters -= oldest.characters;
  }

  /** Counts what is new, and lets go of the oldest payloads where there are too many. */
  private makeRoom(): void {
    for (const one of this.unfinished) {
      this.recount(one, charactersOf(one.invocation));
      if (one.invocation === undefined || one.invocation === 'gone' || one.invocation.result !== undefined)
        this.unfinished.delete(one);
    }
    for (const one of this.kept) {
      if (this.characters <= MOST_PAYLOAD_CHARACTERS) return;
      this.recount(one, 0);
      if (one.invocation) one.invocation = 'gone';
    }
  }

  private recount(one: Kept, characters: number): void {
    this.characters += characters - one.characters;
    one.characters = characters;
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

  private tell(kept: Kept): void {
    if (this.subscribers.size > 0) this.tellAll({ kind: 'request', data: recordOf(kept) });
  }

  private tellAll(event: HistoryEvent): void {
    for (const subscriber of this.subscribers) subscriber(event);
  }
}

/** Without what Lambda got and gave, which may be let go. */
function withoutPayloads({ stack, api, requestId, heldMs, invocation }: Trace): RecordedRequest['trace'] {
  const call = invocation && { functionName: invocation.functionName, requestId: invocation.requestId };
  return { stack, api, requestId, heldMs, invocation: call };
}

function recordOf({ number, time, log, apiKeys, lines }: Kept): LoggedRequest {
  return { ...requestRecord(log, apiKeys, time), number, logs: lines?.lines ?? [] };
}

/** By lengths that are at hand: this is done while requests are served. */
function charactersOf(invocation: Kept['invocation']): number {
  if (invocation === undefined || invocation === 'gone') return 0;
  const { body } = invocation.event as { readonly body?: unknown };
  return (typeof body === 'string' ? body.length : 0) + (invocation.result?.length ?? 0);
}
