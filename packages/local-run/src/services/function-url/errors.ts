/** The error responses of function URLs. AWS documents the statuses, not all bodies. */
import { InvocationError, RequestTooLargeError, ThrottledError } from '../lambda/errors';
import type { SignatureFault } from '../api-gateway/iam/signature-check';
import { type Header, MalformedResultError, type Outcome } from '../api-gateway/gateway';

export function forbidden(reason: string): Outcome {
  return jsonError(403, { Message: 'Forbidden' }, reason, [['x-amzn-errortype', 'AccessDeniedException']]);
}

/** The signature of a request is wrong. */
export function wrongSignature({ type, message }: SignatureFault): Outcome {
  return jsonError(403, { message }, message, [['x-amzn-errortype', type]]);
}

export function bodyTooLarge(reason: string): Outcome {
  return jsonError(413, { Message: 'Request Entity Too Large' }, reason);
}

export function internalError(reason: string): Outcome {
  return textError(500, reason);
}

/** Converts the error of an invocation. @throws the same error when the local run caused it */
export function invocationFailed(error: unknown): Outcome {
  if (error instanceof RequestTooLargeError) return bodyTooLarge(error.message);
  if (error instanceof MalformedResultError)
    return textError(502, `the function's result is malformed: ${error.message}`);
  if (!(error instanceof InvocationError)) throw error;
  const reason = `${error.errorType}: ${error.message}`;
  if (error instanceof ThrottledError) {
    const body = {
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      Type: 'User',
      message: 'Rate Exceeded.',
    };
    return jsonError(429, body, reason);
  }
  return { ...textError(502, reason), calls: error.calls };
}

function jsonError(status: number, body: object, reason: string, headers: readonly Header[] = []): Outcome {
  const type: Header = ['content-type', 'application/json'];
  return { response: { status, headers: [type, ...headers], body: JSON.stringify(body) }, reason };
}

function textError(status: number, reason: string): Outcome {
  return { response: { status, headers: [['content-type', 'text/plain']], body: 'Internal Server Error' }, reason };
}
