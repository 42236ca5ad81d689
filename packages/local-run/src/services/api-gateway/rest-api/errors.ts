/** The error responses of a REST API itself. */
import type { RestRouteDeployment } from '../../../model/deployment';
import { InvocationError, RequestTooLargeError, ThrottledError } from '../../lambda/errors';
import { gatewayError, MalformedResultError, type Outcome } from '../gateway';
import type { NamedThrottle } from '../throttle';
import type { KeyUsage } from './usage-plans';

export function urlTooLong(): Outcome {
  return gatewayError(414, 'URI Too Long', 'the URL exceeds 10,240 characters');
}

export function headersTooLarge(): Outcome {
  return gatewayError(431, 'Request Header Fields Too Large', 'the header values exceed 10,240 bytes');
}

export function badRequest(reason: string): Outcome {
  return gatewayError(400, 'Bad Request', reason);
}

export function forbidden(reason: string): Outcome {
  return withType('ForbiddenException', 403, 'Forbidden', reason);
}

export function missingAuthenticationToken(reason = 'no such resource and method'): Outcome {
  return withType('MissingAuthenticationTokenException', 403, 'Missing Authentication Token', reason);
}

export function tooManyRequests(by: string, { limitText }: Pick<NamedThrottle, 'limitText'>): Outcome {
  return withType('TooManyRequestsException', 429, 'Too Many Requests', `throttled by the ${by} (${limitText})`);
}

export function limitExceeded({ quota }: KeyUsage): Outcome {
  const reason = `the quota of the usage plan (${quota.text}) is used up`;
  return withType('LimitExceededException', 429, 'Limit Exceeded', reason);
}

export function invalidBody(): Outcome {
  return withType('BadRequestException', 400, 'Invalid request body', 'the request validator refused the body');
}

export function bodyTooLarge(reason: string): Outcome {
  return gatewayError(413, 'Request Too Long', reason);
}

export function internalError(reason: string): Outcome {
  return withType('InternalServerErrorException', 500, 'Internal server error', reason);
}

export function timedOut({ timeoutMs }: RestRouteDeployment): Outcome {
  const reason = `no response within ${timeoutMs / 1000} s`;
  return withType('InternalServerErrorException', 504, 'Endpoint request timed out', reason);
}

/** Converts the error of an invocation. @throws the same error when the local run caused it */
export function invocationFailed(error: unknown): Outcome {
  if (error instanceof RequestTooLargeError) return bodyTooLarge(error.message);
  // A REST API hides that Lambda throttled (Lambda developer guide, "Handling Lambda errors with an API Gateway API").
  if (error instanceof ThrottledError) return internalError(`${error.errorType}: ${error.message}`);
  if (error instanceof MalformedResultError) return badGateway(`the function's result is malformed: ${error.message}`);
  if (!(error instanceof InvocationError)) throw error;
  return { ...badGateway(`${error.errorType}: ${error.message}`), calls: error.calls };
}

function badGateway(reason: string): Outcome {
  return withType('InternalServerErrorException', 502, 'Internal server error', reason);
}

function withType(type: string, status: number, message: string, reason: string): Outcome {
  return gatewayError(status, message, reason, [['x-amzn-ErrorType', type]]);
}
