/** Limits the memory that the stored events and results of invocations take. */
import type { Invocation } from '../model/invocation';

/** Maximum of all events and results together. V8 stores a character in one or two bytes, so this is at most 64 MB. */
const MAX_CHARACTERS = 32 * 1024 * 1024;

export interface StoredPayload {
  /** `dropped`: the event and result were removed to stay within the limit. */
  invocation: Invocation | 'dropped' | undefined;
  /** Number of characters of the payload, as last counted. */
  characters: number;
}

export class PayloadBudget {
  private characters = 0;
  /** Payloads whose result can still arrive: the gateway may answer before the function does. */
  private readonly unfinished = new Set<StoredPayload>();

  add(payload: StoredPayload): void {
    this.unfinished.add(payload);
  }

  remove(payload: StoredPayload): void {
    this.unfinished.delete(payload);
    this.characters -= payload.characters;
  }

  /**
   * Counts new results, and drops payloads until the rest is within the limit.
   * @param payloads all payloads, the oldest first
   */
  enforce(payloads: Iterable<StoredPayload>): void {
    for (const payload of this.unfinished) {
      this.setCharacters(payload, countCharacters(payload.invocation));
      if (isFinished(payload.invocation)) this.unfinished.delete(payload);
    }
    for (const payload of payloads) {
      if (this.characters <= MAX_CHARACTERS) return;
      this.setCharacters(payload, 0);
      if (payload.invocation) payload.invocation = 'dropped';
    }
  }

  private setCharacters(payload: StoredPayload, characters: number): void {
    this.characters += characters - payload.characters;
    payload.characters = characters;
  }
}

function isFinished(invocation: StoredPayload['invocation']): boolean {
  return invocation === undefined || invocation === 'dropped' || invocation.result !== undefined;
}

/**
 * Counts only the body and the result. Their lengths are known without serialization, and this function runs while requests
 * are served. The rest of an event is small: the gateway accepts at most 32 KB of headers.
 */
function countCharacters(invocation: StoredPayload['invocation']): number {
  if (invocation === undefined || invocation === 'dropped') return 0;
  const { body } = invocation.event as { readonly body?: unknown };
  return (typeof body === 'string' ? body.length : 0) + (invocation.result?.length ?? 0);
}
