/** The error responses of an HTTP API itself. */
import type { RouteDeployment } from '../../../model/deployment';
import { InvocationError, RequestTooLargeError } from '../../lambda/errors';
import { gatewayError, type Header, MalformedResultError, type Outcome } from '../gateway';
import type { NamedThrottle } from '../throttle';

export function headTooLarge(): Outcome {
  return gatewayError(431, 'Request Header Fields Too Large', 'URL and header values together exceed 10,240 bytes');
}

export function badRequest(reason: string): Outcome {
  return gatewayError(400, 'Bad Request', reason);
}

export function notFound(reason: string): Outcome {
  return gatewayError(404, 'Not Found', reason);
}

/** @param challenge the header `www-authenticate`. Only JWT authorizers send it */
export function unauthorized(reason: string, challenge?: string): Outcome {
  return gatewayError(401, 'Unauthorized', reason, challengeHeaders(challenge));
}

/** @param challenge the header `www-authenticate`. Only JWT authorizers send it */
export function forbidden(reason: string, challenge?: string): Outcome {
  return gatewayError(403, 'Forbidden', reason, challengeHeaders(challenge));
}

function challengeHeaders(challenge: string | undefined): Header[] {
  return challenge === undefined ? [] : [['www-authenticate', challenge]];
}

export function tooManyRequests({ scope, limitText }: NamedThrottle): Outcome {
  return gatewayError(429, 'Too Many Requests', `throttled by the ${scope} (${limitText})`);
}

export function bodyTooLarge(reason: string): Outcome {
  return gatewayError(413, 'Request Entity Too Large', reason);
}

export function internalError(reason: string): Outcome {
  return gatewayError(500, 'Internal Server Error', reason);
}

export function timedOut({ timeoutMs }: RouteDeployment): Outcome {
  return gatewayError(503, 'Service Unavailable', `no response within ${timeoutMs / 1000} s`);
}

/** Converts the error of an invocation. @throws the same error when the local run caused it */
export function invocationFailed(error: unknown): Outcome {
  if (error instanceof RequestTooLargeError) return bodyTooLarge(error.message);
  if (error instanceof MalformedResultError)
    return internalError(`the function's result is malformed: ${error.message}`);
  if (!(error instanceof InvocationError)) throw error;
  return { ...internalError(`${error.errorType}: ${error.message}`), calls: error.calls };
}
