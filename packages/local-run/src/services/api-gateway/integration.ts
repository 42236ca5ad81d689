/** What both kinds of gateway share in calling a function, and in answering themselves. */
import type { ThrottleDeployment } from '../../model/deployment';
import type { DynamodbCall } from '../../model/dynamodb-call';
import type { Pool } from '../lambda/pool';
import type { Trace } from '../../engine/trace';
import type { GatewayRequest } from './request';

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Text is sent as UTF-8. */
  readonly body: Buffer | string;
}

export interface Outcome {
  readonly response: HttpResponse;
  /** The route that matched. */
  readonly routeKey?: string | undefined;
  /** Whether an instance was started for this request. */
  readonly cold?: boolean | undefined;
  /** The calls to DynamoDB that the function made for it, each with the guard's decision. */
  readonly calls?: readonly DynamodbCall[] | undefined;
  /** Why the gateway answered in place of the function; for the log. */
  readonly reason?: string | undefined;
  /** What the run noted of the request. */
  readonly trace?: Trace | undefined;
}

/**
 * The outcome with what else is known of it. Its fields are named one by one: for a literal that begins with a spread, and names
 * a field once more, V8 takes a slow path, and this is done for each request.
 */
export function outcomeWith(outcome: Outcome, known: Pick<Outcome, 'routeKey' | 'trace'>): Outcome {
  const { response, routeKey = known.routeKey, cold, calls, reason, trace = known.trace } = outcome;
  return { response, routeKey, cold, calls, reason, trace };
}

export interface Gateway {
  /** The header that tells the caller the request's id. */
  readonly requestIdHeader: string;
  newRequestId(): string;
  /** @param body undefined when it was longer than API Gateway takes */
  handle(request: Omit<GatewayRequest, 'body'>, body: Buffer | undefined): Promise<Outcome>;
}

/** A result that the gateway cannot use: the caller gets an error, the log the reason. */
export class MalformedResult extends Error {
  override readonly name = 'MalformedResult';
}

/** Functions by their ARN. */
export type Pools = ReadonlyMap<string, Pick<Pool, 'invoke'>>;

/** A throttle's part of the reason in the log. */
export function limitText({ rate, burst }: ThrottleDeployment): string {
  return `rate ${rate}, burst ${burst}`;
}

/** The value, or undefined when it took too long; the invocation goes on when the gateway gives up. */
export function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds, undefined);
    const settled = () => clearTimeout(timer);
    promise.then(settled, settled);
    promise.then(resolve, reject);
  });
}

/** An answer of the gateway's own. */
export function own(
  status: number,
  message: string,
  reason: string,
  headers: readonly (readonly [name: string, value: string])[] = [],
): Outcome {
  const body = JSON.stringify({ message });
  return { response: { status, headers: [['content-type', 'application/json'], ...headers], body }, reason };
}
