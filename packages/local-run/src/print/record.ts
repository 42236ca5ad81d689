/** A request as one plain object: what a log for machines has of it, and the console page. */
import type { RequestLog } from '../services/api-gateway/server';
import type { DynamodbCall } from '../model/dynamodb-call';
import type { Invocation } from '../model/invocation';

export interface CallRecord {
  /** `GetItem`. */
  readonly operation: string;
  readonly decision: DynamodbCall['decision'];
  /** Why it was denied or refused. */
  readonly reason?: string;
  /** What had to be allowed: actions, each on an ARN. */
  readonly parts: DynamodbCall['parts'];
  readonly status: number;
  readonly milliseconds: number;
}

export interface RequestRecord {
  /** When it was answered, ISO 8601. */
  readonly time: string;
  /** API Gateway's request id. */
  readonly requestId: string;
  readonly stack: string;
  /** The API's address in Terraform; by it and the stack a request can be sent. */
  readonly api: string;
  readonly method: string;
  /** Path and query, as they came, but for API keys in them. */
  readonly path: string;
  /** `GET /items/{id}`; absent when no route matched. */
  readonly route?: string;
  readonly status: number;
  readonly milliseconds: number;
  /** How long of these it waited for a reload. */
  readonly heldMilliseconds: number;
  /** Whether an instance was started for it. */
  readonly coldStart: boolean;
  /** Absent when no function was invoked. */
  readonly function?: string;
  /** Lambda's request id, which the function's log lines have. */
  readonly invocationId?: string;
  /** Why the gateway answered in place of the function. */
  readonly reason?: string;
  readonly calls: readonly CallRecord[];
}

/** What Lambda got and gave. */
export interface Payloads {
  readonly event?: unknown;
  /** As the handler gave it: with its body as text. */
  readonly result?: unknown;
}

/** A RequestLog as far as a record reads it: without the response's body, the event and the result, which can be large. */
export interface RecordedRequest extends Omit<RequestLog, 'response' | 'invocation'> {
  readonly response: Pick<RequestLog['response'], 'status'>;
  readonly invocation?: Pick<Invocation, 'functionName' | 'requestId'> | undefined;
}

/**
 * @param apiKeys are hidden in what the caller or the function chose: path and reason
 * @param time when it was answered, in ms since the epoch
 */
export function requestRecord(log: RecordedRequest, apiKeys: readonly string[], time = Date.now()): RequestRecord {
  const { stack, api, requestId, method, path, response, milliseconds, heldMs, reason, routeKey, invocation } = log;
  return {
    time: new Date(time).toISOString(),
    requestId,
    stack,
    api,
    method,
    path: hiddenIn(path, apiKeys),
    ...(routeKey !== undefined && { route: routeKey }),
    status: response.status,
    milliseconds: rounded(milliseconds),
    heldMilliseconds: rounded(heldMs),
    coldStart: log.cold ?? false,
    ...(invocation && { function: invocation.functionName, invocationId: invocation.requestId }),
    ...(reason !== undefined && { reason: hiddenIn(reason, apiKeys) }),
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
    milliseconds: rounded(milliseconds),
  };
}

/**
 * Event and result of an invocation. Hidden in them are API keys (their values, wherever they
 * stand) and what an Authorization header says: logs are shown to others. All else is as it was.
 */
export function payloads(invocation: Invocation | undefined, apiKeys: readonly string[]): Payloads {
  if (!invocation) return {};
  const { event, result } = invocation;
  return { event: hidden(event, apiKeys), ...(result !== undefined && { result: hidden(parsed(result), apiKeys) }) };
}

const HIDDEN = '***';

/** The text, with no API key in it. */
export function hiddenIn(text: string, apiKeys: readonly string[]): string {
  return apiKeys.reduce((shown, key) => (key === '' ? shown : shown.replaceAll(key, HIDDEN)), text);
}

function hidden(value: unknown, apiKeys: readonly string[]): unknown {
  if (typeof value === 'string') return hiddenIn(value, apiKeys);
  if (Array.isArray(value)) return value.map((item) => hidden(item, apiKeys));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name.toLowerCase() === 'authorization' ? HIDDEN : hidden(inner, apiKeys),
  ]);
  return Object.fromEntries(entries) as unknown;
}

/** The value, when it is JSON; else the text itself. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
