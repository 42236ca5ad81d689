/** Tokens for the forms of routes and for the docs page. */
import { claimsFor, type TokenTarget } from '../services/tokens/token-target';
import type { LocalIssuer } from '../services/tokens/local-issuer';

const LIFETIME_SECONDS = 24 * 60 * 60;

/** A token is replaced before it expires, because a page may stay open. */
const MIN_REMAINING_MS = 60 * 60 * 1000;

export class ExampleTokens {
  private readonly tokens = new Map<string, { readonly token: Promise<string>; readonly expires: number }>();

  constructor(private readonly issuer: LocalIssuer) {}

  /** @returns the same token for the same target, so a rebuild of the page does not change its forms */
  tokenFor(target: TokenTarget): Promise<string> {
    const key = JSON.stringify(target);
    const now = Date.now();
    const known = this.tokens.get(key);
    if (known && known.expires - now > MIN_REMAINING_MS) return known.token;
    const { scopes } = target;
    const options = { subject: 'example-user', scopes, expiresInSeconds: LIFETIME_SECONDS };
    const token = this.issuer.sign(claimsFor(target, options, now));
    this.tokens.set(key, { token, expires: now + LIFETIME_SECONDS * 1000 });
    return token;
  }
}
