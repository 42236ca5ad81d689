/** Shared by HTTP APIs and REST APIs: the interface to the server, and the error responses of API Gateway itself. */
import type { DynamodbCall } from '../../model/dynamodb-call';
import type { Invocation } from '../../model/invocation';
import { adviceOf, type NotSimulated, notSimulatedText } from '../../model/not-simulated';
import type { ServedFunction } from '../lambda/served-function';
import { type GatewayRequest, headerValue } from './request';

export type Header = readonly [name: string, value: string];

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly Header[];
  /** The server sends a string as UTF-8. */
  readonly body: Buffer | string;
}

/** The response to a request, with details for the log. */
export interface Outcome {
  readonly response: HttpResponse;
  /** The route that matched. */
  readonly routeKey?: string | undefined;
  /** Undefined: no function was invoked. */
  readonly invocation?: Invocation | undefined;
  /** The invocation of the Lambda authorizer that let the caller in. Undefined: there was none, or its result was cached. */
  readonly authorizerInvocation?: Invocation | undefined;
  /** Whether an instance was started for this request. */
  readonly cold?: boolean | undefined;
  /** The calls to DynamoDB of the authorizer and the function, each with the decision of its role's policies. */
  readonly calls?: readonly DynamodbCall[] | undefined;
  /** Why the gateway responded in place of the function. */
  readonly reason?: string | undefined;
}

export interface Gateway {
  /** The response header with the request's id. */
  readonly requestIdHeader: string;
  newRequestId(): string;
  handle(request: GatewayRequest): Promise<Outcome>;
}

export type InvokableFunction = Pick<ServedFunction, 'invoke' | 'reserveFor'>;

/** Functions by their ARN. A reload replaces the entries. */
export type Functions = ReadonlyMap<string, InvokableFunction>;

/** A handler's result that cannot become a response. The caller gets an error; the log contains the reason. */
export class MalformedResultError extends Error {
  override readonly name = 'MalformedResultError';
}

/** A response that the gateway sends in place of a function. */
export function gatewayError(
  status: number,
  message: string | null,
  reason: string,
  headers: readonly Header[] = [],
): Outcome {
  const body = JSON.stringify({ message });
  return { response: { status, headers: [['content-type', 'application/json'], ...headers], body }, reason };
}

/**
 * The response of a route that depends on parts of the Terraform that the local run does not simulate. Every page may read it, and
 * preflight requests succeed: otherwise, a browser shows an error of CORS in its place.
 */
export function notImplemented(
  causes: readonly NotSimulated[],
  { method, rawHeaders }: Pick<GatewayRequest, 'method' | 'rawHeaders'>,
): Outcome {
  const reason = causes.map(notSimulatedText).join('; ');
  const origin = headerValue(rawHeaders, 'origin');
  const corsHeaders: Header[] =
    origin === undefined
      ? []
      : [
          ['access-control-allow-origin', origin],
          ['access-control-allow-credentials', 'true'],
        ];
  const wantedMethod = headerValue(rawHeaders, 'access-control-request-method');
  if (method === 'OPTIONS' && wantedMethod !== undefined) {
    const wantedHeaders = headerValue(rawHeaders, 'access-control-request-headers') ?? '';
    const headers: Header[] = [
      ...corsHeaders,
      ['access-control-allow-methods', wantedMethod],
      ['access-control-allow-headers', wantedHeaders],
    ];
    return { response: { status: 204, headers, body: '' }, reason };
  }
  const message = causes.map((cause) => `${notSimulatedText(cause)}. ${adviceOf(cause)}`).join(' ');
  const body = JSON.stringify({ message, notSimulated: causes });
  return { response: { status: 501, headers: [['content-type', 'application/json'], ...corsHeaders], body }, reason };
}
