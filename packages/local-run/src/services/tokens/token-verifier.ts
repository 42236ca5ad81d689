/** Verifies the signatures of tokens: of the local issuer, and of issuers on the network. */
import type { ParsedToken } from './claims';
import { LOCAL_KEY_PREFIX, LocalIssuer } from './local-issuer';
import { KeysError, RemoteKeys } from './remote-keys';

/** API Gateway accepts only RSA-based algorithms (developer guide, "Control access to HTTP APIs with JWT authorizers"). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

const WRONG_SIGNATURE = 'the signature of the token is wrong';

/** Tokens whose signatures are known to be right. The oldest token goes first. */
const MAX_VERIFIED = 1_000;

export class TokenVerifier {
  /** Issuers with a token: verifying a signature takes longer than most functions. */
  private readonly verified = new Set<string>();

  constructor(
    readonly localIssuer = new LocalIssuer(),
    private readonly remoteKeys = new RemoteKeys(),
  ) {}

  /**
   * Accepts a signature of the local issuer for every issuer: the local issuer plays the issuer of the authorizer.
   * @param issuer the issuer that the authorizer accepts. It signed all tokens that the local issuer did not sign
   * @returns why the signature cannot be verified; undefined when it is right
   */
  async signatureFault(parsed: ParsedToken, issuer: string): Promise<string | undefined> {
    const key = `${issuer} ${parsed.token}`;
    if (this.verified.has(key)) return undefined;
    const fault = await this.verify(parsed, issuer);
    if (fault === undefined) this.keep(key);
    return fault;
  }

  private keep(key: string): void {
    this.verified.add(key);
    const [oldest] = this.verified;
    if (this.verified.size > MAX_VERIFIED && oldest !== undefined) this.verified.delete(oldest);
  }

  private async verify(parsed: ParsedToken, issuer: string): Promise<string | undefined> {
    const algorithm = parsed.header['alg'];
    if (!ALGORITHMS.some((name) => name === algorithm)) {
      return `the token has the algorithm ${JSON.stringify(algorithm)}, not ${ALGORITHMS.join(', ')}`;
    }
    const { kid: keyId } = parsed.header;
    if (typeof keyId !== 'string') return 'the token has no kid, which names the key of its signature';
    if (this.localIssuer.isNamedIn(parsed)) {
      return (await this.localIssuer.hasSigned(parsed)) ? undefined : WRONG_SIGNATURE;
    }
    if (keyId.startsWith(LOCAL_KEY_PREFIX)) {
      return 'another local run signed the token, or this run before its restart; get a new token with npm run token';
    }
    try {
      return await this.remoteFault(parsed.token, issuer);
    } catch (error) {
      if (!(error instanceof KeysError)) throw error;
      return `the local issuer did not sign the token, and the keys of its issuer cannot be read: ${error.message}`;
    }
  }

  private async remoteFault(token: string, issuer: string): Promise<string | undefined> {
    const { compactVerify, errors } = await import('jose');
    const findKey = await this.remoteKeys.find(issuer);
    try {
      await compactVerify(token, findKey, { algorithms: ALGORITHMS });
      return undefined;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return `${issuer} has no key that the token names`;
      if (error instanceof errors.JWSSignatureVerificationFailed) return WRONG_SIGNATURE;
      if (error instanceof errors.JWSInvalid) return `the token is malformed: ${error.message}`;
      if (error instanceof errors.JOSENotSupported) return `the token is not supported: ${error.message}`;
      throw new KeysError(`${issuer}: ${(error as Error).message}`);
    }
  }
}
