/** Invokes the functions of an API's Lambda authorizers, and caches their results. */
import type { HttpLambdaAuthorization, RestLambdaAuthorization } from '../../../model/deployment';
import { InvocationError } from '../../lambda/errors';
import type { AuthorizerInvocation } from '../authorization-result';
import type { Functions, InvokableFunction } from '../gateway';
import { withTimeout } from '../timeout';
import { type AuthorizerResult, AuthorizerResultError } from './results';

type Authorizer = HttpLambdaAuthorization | RestLambdaAuthorization;

/** The authorizer gave no result: API Gateway may not invoke the function, it failed, or its result is malformed. */
export class AuthorizerError extends Error {
  override readonly name = 'AuthorizerError';

  constructor(
    message: string,
    readonly details: AuthorizerInvocation = {},
    /** The message of the error that the function threw. */
    readonly thrownMessage?: string,
  ) {
    super(message);
  }
}

interface AuthorizerCall {
  readonly authorizer: Authorizer;
  /** The values of the identity sources. They are the key of the cache. */
  readonly identity: readonly string[];
  readonly event: () => object;
  readonly traceId: string;
}

export interface AuthorizerAnswer {
  readonly result: AuthorizerResult;
  /** How long the function took. 0: the result was cached. */
  readonly latencyMs: number;
  readonly details: AuthorizerInvocation;
}

/** Results in the cache of a function. The oldest result goes first. */
const MAX_CACHED_RESULTS = 10_000;

/** Cached results by authorizer and identity. */
type Cache = Map<string, { readonly result: AuthorizerResult; readonly expires: number }>;

export class AuthorizerFunctions {
  /**
   * By function. A reload that changes a function replaces it, so its old results are not used again. On AWS they stay until
   * their TTL ends or FlushStageAuthorizersCache is called.
   */
  private readonly caches = new WeakMap<InvokableFunction, Cache>();

  /** @param timeoutMs how long API Gateway waits for an authorizer */
  constructor(
    private readonly functions: Functions,
    private readonly timeoutMs: number,
  ) {}

  /**
   * Returns the cached result for an identity, or invokes the function.
   * @param read reads the function's result. @throws AuthorizerResultError
   * @throws AuthorizerError
   */
  async call(
    { authorizer, identity, event, traceId }: AuthorizerCall,
    read: (result: unknown) => AuthorizerResult,
  ): Promise<AuthorizerAnswer> {
    const target = this.functions.get(authorizer.functionArn);
    if (!target) throw new AuthorizerError(`there is no function ${authorizer.functionArn}`);
    const key = JSON.stringify([authorizer.id, ...identity]);
    const cache = this.cacheOf(target);
    const cached = cache.get(key);
    if (cached && cached.expires > performance.now()) return { result: cached.result, latencyMs: 0, details: {} };
    const start = performance.now();
    const { json, details } = await this.invoke(target, authorizer, event(), traceId);
    const result = readResult(json, read, details);
    const now = performance.now();
    // Without identity sources there is no key, so API Gateway caches nothing.
    if (authorizer.cacheSeconds > 0 && identity.length > 0)
      keep(cache, key, { result, expires: now + authorizer.cacheSeconds * 1000 });
    return { result, latencyMs: Math.round(now - start), details };
  }

  private async invoke(
    target: InvokableFunction,
    { qualifier, permitted }: Authorizer,
    event: object,
    traceId: string,
  ) {
    if (!permitted) throw new AuthorizerError('no aws_lambda_permission lets API Gateway invoke the authorizer');
    const { invocation, finished } = target.invoke(event, traceId, qualifier);
    try {
      const answer = await withTimeout(finished, this.timeoutMs);
      if (answer) {
        const { json, cold, calls } = answer;
        return { json, details: { invocation, cold, calls } };
      }
    } catch (error) {
      if (!(error instanceof InvocationError)) throw error;
      const { errorType, message, calls } = error;
      throw new AuthorizerError(`the authorizer failed: ${errorType}: ${message}`, { invocation, calls }, message);
    }
    throw new AuthorizerError(`no response of the authorizer within ${this.timeoutMs / 1000} s`, { invocation });
  }

  private cacheOf(target: InvokableFunction): Cache {
    const known = this.caches.get(target);
    if (known) return known;
    const cache: Cache = new Map();
    this.caches.set(target, cache);
    return cache;
  }
}

function keep(cache: Cache, key: string, entry: NonNullable<ReturnType<Cache['get']>>): void {
  cache.delete(key);
  cache.set(key, entry);
  const [oldest] = cache.keys();
  if (cache.size > MAX_CACHED_RESULTS && oldest !== undefined) cache.delete(oldest);
}

function readResult(
  json: string,
  read: (result: unknown) => AuthorizerResult,
  details: AuthorizerInvocation,
): AuthorizerResult {
  try {
    return read(JSON.parse(json));
  } catch (error) {
    if (!(error instanceof AuthorizerResultError)) throw error;
    throw new AuthorizerError(`the authorizer's result is malformed: ${error.message}`, details);
  }
}
