/** Lambda's limits of a synchronous invocation (the quota page says 6 MB; these, in bytes, are the limits in its errors). */
import { RequestTooLarge, ResponseTooLarge } from './errors';

const MOST_REQUEST_BYTES = 6_291_456;
const MOST_RESPONSE_BYTES = 6_291_556;

/**
 * @param json the event
 * @throws RequestTooLarge
 */
export function checkRequest(json: string): void {
  const bytes = Buffer.byteLength(json);
  if (bytes > MOST_REQUEST_BYTES) throw new RequestTooLarge(bytes);
}

/**
 * @param json the handler's result
 * @throws ResponseTooLarge
 */
export function checkResponse(json: string): void {
  const bytes = Buffer.byteLength(json);
  if (bytes > MOST_RESPONSE_BYTES) throw new ResponseTooLarge(bytes);
}
