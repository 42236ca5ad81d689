/** Reads the claims of JSON Web Tokens. It verifies no signature: see TokenVerifier. */
import { isObject } from '../is-object';

export type Claims = Readonly<Record<string, unknown>>;

export interface ParsedToken {
  readonly token: string;
  /** The header of the token. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Claims;
}

/** @returns undefined when the text is not a token with three parts */
export function parseToken(token: string): ParsedToken | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const [header, claims] = parts.map(parsePart);
  return header && claims && { token, header, claims };
}

function parsePart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const EXPIRED = 'the token has expired';

/** @param now in seconds since the epoch @returns why the token is not valid now; undefined when it is */
export function timeFault({ exp, nbf, iat }: Claims, now: number): string | undefined {
  if (typeof exp !== 'number') return 'the token has no exp';
  if (exp <= now) return EXPIRED;
  if (nbf !== undefined && !(Number(nbf) <= now)) return "the token's nbf is in the future";
  if (iat !== undefined && !(Number(iat) <= now)) return "the token's iat is in the future";
  return undefined;
}

/** The scopes of a token, which are in the claim `scope` or `scp`. */
export function scopesOf({ scope, scp }: Claims): string[] {
  const value = scope ?? scp;
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split(' ').filter((name) => name !== '') : [];
}
