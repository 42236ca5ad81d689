/**
 * Remembers the tokens of transactions. A transaction with the token of an earlier one is not carried out again (API
 * reference, TransactWriteItems, ClientRequestToken). The SDK sends a token with every transaction, for its retries.
 */
import { createHash } from 'node:crypto';
import { isObject } from '../../is-object';
import type { RequestInput } from './attribute-names';

const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

export class TransactionTokens {
  /** In the order of their ends. */
  private readonly known = new Map<string, { readonly hash: string; readonly expiresAt: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  /** @returns `repeated`: an equal request succeeded. `mismatch`: another request succeeded with this token. */
  find(token: string, input: RequestInput): 'new' | 'repeated' | 'mismatch' {
    this.forgetExpired();
    const earlier = this.known.get(token);
    if (!earlier) return 'new';
    return earlier.hash === hashOf(input) ? 'repeated' : 'mismatch';
  }

  /** Remembers the token of a transaction that succeeded. */
  add(token: string, input: RequestInput): void {
    this.known.set(token, { hash: hashOf(input), expiresAt: this.now() + TOKEN_LIFETIME_MS });
  }

  private forgetExpired(): void {
    for (const [token, { expiresAt }] of this.known) {
      if (expiresAt > this.now()) return;
      this.known.delete(token);
    }
  }
}

/** Equal requests may differ in the order of their parameters, and in the capacity that they want to see. */
function hashOf(input: RequestInput): string {
  const sorted = (_key: string, value: unknown): unknown =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  const compared = { ...input, ReturnConsumedCapacity: undefined };
  return createHash('sha256').update(JSON.stringify(compared, sorted)).digest('base64');
}
