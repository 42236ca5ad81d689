/** The issuer of the local run. It signs tokens with keys that are new in each run. */
import { randomUUID } from 'node:crypto';
import type { CryptoKey, JWK } from 'jose';
import type { Claims, ParsedToken } from './claims';

/** The algorithm of Cognito and of most other issuers. */
const ALGORITHM = 'RS256';

interface Keys {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The public key, as the issuer publishes it. */
  readonly jwk: JWK;
}

/** Begins the ids of the keys of all local runs. */
export const LOCAL_KEY_PREFIX = 'local-run-';

export class LocalIssuer {
  private keys: Promise<Keys> | undefined;

  /** @param keyId the `kid` in the header of the tokens. @default an id that no other run has */
  constructor(private readonly keyId = `${LOCAL_KEY_PREFIX}${randomUUID()}`) {}

  /** Signs a token. It has only the given claims: set `iss`, `aud`, `iat` and `exp`. */
  async sign(claims: Claims): Promise<string> {
    const { SignJWT } = await import('jose');
    const { privateKey } = await this.getKeys();
    return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid: this.keyId, typ: 'JWT' }).sign(privateKey);
  }

  /** The public keys as a JSON Web Key Set. */
  async keySet(): Promise<{ readonly keys: readonly JWK[] }> {
    const { jwk } = await this.getKeys();
    return { keys: [jwk] };
  }

  /** Whether the header of a token names the key of this issuer. */
  isNamedIn({ header }: ParsedToken): boolean {
    return header['kid'] === this.keyId;
  }

  /** Whether this issuer signed the token. */
  async hasSigned({ token }: ParsedToken): Promise<boolean> {
    const { compactVerify } = await import('jose');
    const { publicKey } = await this.getKeys();
    return compactVerify(token, publicKey, { algorithms: [ALGORITHM] }).then(
      () => true,
      () => false,
    );
  }

  /** Creates the keys on first use: most runs need none. */
  private getKeys(): Promise<Keys> {
    this.keys ??= this.createKeys();
    return this.keys;
  }

  private async createKeys(): Promise<Keys> {
    const { exportJWK, generateKeyPair } = await import('jose');
    const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
    const jwk = { ...(await exportJWK(publicKey)), alg: ALGORITHM, kid: this.keyId, use: 'sig' };
    return { privateKey, publicKey, jwk };
  }
}
