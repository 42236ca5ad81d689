/** Describes a request as one plain object, for the JSON log and the console page. */
import type { RequestLog } from '../services/api-gateway/server';
import type { DynamodbCall } from '../model/dynamodb-call';
import type { Invocation } from '../model/invocation';
import { hideApiKeys, hideInPath, hideSecrets, type Secrets } from './secrets';

export interface CallRecord {
  /** `GetItem`. */
  readonly operation: string;
  readonly decision: DynamodbCall['decision'];
  /** Why the call was denied or refused. */
  readonly reason?: string;
  /** The actions that had to be allowed, each with its resource. */
  readonly parts: DynamodbCall['parts'];
  readonly status: number;
  readonly milliseconds: number;
}

export interface RequestRecord {
  /** When the response was sent, in ISO 8601. */
  readonly time: string;
  /** API Gateway's request id. */
  readonly requestId: string;
  readonly stack: string;
  /** The API's Terraform address. */
  readonly api: string;
  readonly method: string;
  /** Path and query as sent, except that credentials are hidden. */
  readonly path: string;
  /** `GET /items/{id}`. Absent when no route matched. */
  readonly route?: string;
  readonly status: number;
  readonly milliseconds: number;
  /** How long the request waited for the end of a start or a reload, within `milliseconds`. */
  readonly heldMilliseconds: number;
  /** Whether an instance was started for this request. */
  readonly coldStart: boolean;
  /** Absent when no function was invoked. */
  readonly function?: string;
  /** Lambda's request id. The function's log lines carry it. */
  readonly invocationId?: string;
  /** Why the gateway responded in place of the function. */
  readonly reason?: string;
  /** The first fault that the body of a 4xx response names. Absent when the body names none. */
  readonly fault?: string;
  readonly calls: readonly CallRecord[];
}

/** The event that the function received and the result that it returned. */
export interface Payloads {
  readonly event?: unknown;
  /** The handler's result. Its body is text, even if the text is JSON. */
  readonly result?: unknown;
}

/** The part of a RequestLog that a record needs. It omits the response's body, the event and the result: they can be large. */
export interface RecordedRequest extends Omit<
  RequestLog,
  'request' | 'response' | 'invocation' | 'authorizerInvocation'
> {
  readonly response: Pick<RequestLog['response'], 'status'>;
  readonly invocation?: Pick<Invocation, 'functionName' | 'requestId'> | undefined;
  /** From `firstFault`, which hides credentials. */
  readonly fault?: string | undefined;
}

/**
 * @param secrets hidden in the path and the reason: the caller or the function chose both texts
 * @param time when the response was sent, in ms since the epoch
 */
export function requestRecord(log: RecordedRequest, secrets: Secrets, time = Date.now()): RequestRecord {
  const { stack, api, requestId, method, path, response, milliseconds, heldMs, reason, routeKey, invocation, fault } =
    log;
  return {
    time: new Date(time).toISOString(),
    requestId,
    stack,
    api,
    method,
    path: hideInPath(path, secrets),
    ...(routeKey !== undefined && { route: routeKey }),
    status: response.status,
    milliseconds: round(milliseconds),
    heldMilliseconds: round(heldMs),
    coldStart: log.cold ?? false,
    ...(invocation && { function: invocation.functionName, invocationId: invocation.requestId }),
    ...(reason !== undefined && { reason: hideApiKeys(reason, secrets.apiKeys) }),
    ...(fault !== undefined && { fault }),
    calls: (log.calls ?? []).map(callRecord),
  };
}

export function callRecord({ operation, decision, reason, parts, status, milliseconds }: DynamodbCall): CallRecord {
  return {
    operation,
    decision,
    ...(reason !== undefined && { reason }),
    parts,
    status,
    milliseconds: round(milliseconds),
  };
}

/**
 * Returns the event and the result of an invocation. Hides API keys in all texts, and headers and query parameters with
 * credentials.
 */
export function payloads(invocation: Invocation | undefined, secrets: Secrets): Payloads {
  if (!invocation) return {};
  const { event, result } = invocation;
  return {
    event: hideSecrets(event, secrets),
    ...(result !== undefined && { result: hideSecrets(parseIfJson(result), secrets) }),
  };
}

/** Parses JSON text. Returns other text unchanged. */
export function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
