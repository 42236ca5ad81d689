/** The error responses of an HTTP API itself. */
import type { RouteDeployment } from '../../../model/deployment';
import { InvocationError, RequestTooLargeError } from '../../lambda/errors';
import type { Decision } from '../authorization';
import { gatewayError, MalformedResultError, type Outcome } from '../gateway';
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

/**
 * Refuses a caller: 403 for a token without the route's scopes, otherwise 401. The header `www-authenticate` has the reason
 * (developer guide, "Troubleshooting issues with HTTP API JWT authorizers").
 */
export function unauthorized({ status, reason, missingScopes }: Extract<Decision, { allowed: false }>): Outcome {
  if (status === 401) {
    const challenge = `Bearer scope="" error="invalid_token" error_description="${toHeaderText(reason)}"`;
    return gatewayError(401, 'Unauthorized', reason, [['www-authenticate', challenge]]);
  }
  const challenge = `Bearer scope="${missingScopes?.join(' ')}" error="insufficient_scope"`;
  return gatewayError(403, 'Forbidden', reason, missingScopes ? [['www-authenticate', challenge]] : []);
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

/** Replaces characters that a quoted text in a header cannot contain. The reason may contain claims of the token. */
function toHeaderText(reason: string): string {
  return reason.replaceAll('"', "'").replace(/[^ -~]/g, '?');
}
