/**
 * Checks Lambda's payload limits for synchronous invocations. Lambda's quota page says 6 MB. Its error messages state these
 * numbers of bytes.
 */
import { RequestTooLargeError, ResponseTooLargeError } from './errors';

const MAX_REQUEST_BYTES = 6_291_456;
const MAX_RESPONSE_BYTES = 6_291_556;

/**
 * @param json the event as JSON text
 * @throws RequestTooLargeError
 */
export function checkRequest(json: string): void {
  const bytes = Buffer.byteLength(json);
  if (bytes > MAX_REQUEST_BYTES) throw new RequestTooLargeError(bytes);
}

/**
 * @param json the handler's result as JSON text
 * @throws ResponseTooLargeError
 */
export function checkResponse(json: string): void {
  const bytes = Buffer.byteLength(json);
  if (bytes > MAX_RESPONSE_BYTES) throw new ResponseTooLargeError(bytes);
}
