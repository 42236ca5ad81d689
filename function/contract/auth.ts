/** Types of a contract's auth: who may call its routes. */

/**
 * Who may call a route:
 * - `none`: everybody
 * - `apiKey`: callers with an API key (REST APIs only)
 * - `iam`: callers who sign their requests with AWS credentials
 * - `jwt`: callers with a token from the contract's issuer (HTTP APIs only)
 * - `{ jwt: [...] }`: as `jwt`, and the token must have one of these scopes
 * - `cognito`: callers with an identity token of the contract's Cognito user pools (REST APIs only)
 * - `{ cognito: [...] }`: callers with an access token of these user pools that has one of these scopes
 * - `{ authorizer }`: callers whom the authorizer function of this name allows
 */
export type Auth =
  | 'none'
  | 'apiKey'
  | 'iam'
  | 'jwt'
  | { readonly jwt: readonly string[] }
  | 'cognito'
  | { readonly cognito: readonly string[] }
  | { readonly authorizer: string };

/** A Lambda authorizer: a function that allows or denies requests. */
export interface Authorizer {
  /**
   * Path of the function's source file, relative to the project's root. The file exports `handler`, which `httpApiAuthorizer` or
   * `restApiAuthorizer` of function/http/authorizer.ts makes.
   * @example 'function/gate/index.ts'
   */
  readonly entry: string;
  /** Request header that identifies the caller. @default 'authorization' */
  readonly header?: string;
  /** Seconds for which API Gateway caches a decision for a value of the header and a route, 0 to 3,600. @default 300 */
  readonly cacheSeconds?: number;
}

/** The keyword `auth` of a contract. */
export interface AuthSettings {
  /** @default 'none' */
  readonly default?: Auth;
  readonly jwt?: { readonly issuer: string; readonly audience: readonly string[] };
  /**
   * The Cognito user pools of a REST API.
   * @example { userPoolArns: ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI'] }
   */
  readonly cognito?: { readonly userPoolArns: readonly string[] };
  readonly authorizers?: Readonly<Record<string, Authorizer>>;
}
