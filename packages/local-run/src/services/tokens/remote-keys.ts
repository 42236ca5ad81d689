/** Reads the public keys of issuers on the network. */
import type { JWTVerifyGetKey } from 'jose';
import { isObject } from '../is-object';

/** How long an issuer may take to answer. */
const TIMEOUT_MS = 3_000;

/** How long the run remembers that it cannot read the keys of an issuer. */
const RETRY_AFTER_MS = 10_000;

/** The keys of an issuer cannot be read. */
export class KeysError extends Error {
  override readonly name = 'KeysError';
}

export class RemoteKeys {
  private readonly byIssuer = new Map<string, Promise<JWTVerifyGetKey>>();

  /**
   * Finds the keys by the issuer's discovery document (OpenID Connect Discovery 1.0, section 4).
   * @returns a function that finds the key of a token. It reads the keys again when a token names a new key
   * @throws KeysError
   */
  find(issuer: string): Promise<JWTVerifyGetKey> {
    const known = this.byIssuer.get(issuer);
    if (known) return known;
    const reading = readKeys(issuer);
    this.byIssuer.set(issuer, reading);
    reading.catch(() => setTimeout(() => this.byIssuer.delete(issuer), RETRY_AFTER_MS).unref());
    return reading;
  }
}

async function readKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet } = await import('jose');
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new KeysError(`${url} answers ${response.status}`);
    const document: unknown = await response.json();
    const keySet = isObject(document) ? document['jwks_uri'] : undefined;
    if (typeof keySet !== 'string' || !URL.canParse(keySet)) throw new KeysError(`${url} has no jwks_uri`);
    return createRemoteJWKSet(new URL(keySet), { timeoutDuration: TIMEOUT_MS });
  } catch (error) {
    if (error instanceof KeysError) throw error;
    throw new KeysError(`${url}: ${causeOf(error)}`);
  }
}

/** The message of `fetch` is only "fetch failed". */
function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
