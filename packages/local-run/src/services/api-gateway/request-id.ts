/** Ids as API Gateway makes them. */
import { randomBytes } from 'node:crypto';

/** The request id of an HTTP API: 15 characters and a `=`. */
export function httpApiRequestId(): string {
  return `${randomBytes(12).toString('base64').replace(/[+/]/g, 'A').slice(0, 15)}=`;
}

/** The extended request id of a REST API, which a caller cannot choose: `JKJaXmPLvHcESHA=`. */
export function extendedRequestId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

/** A trace id of AWS X-Ray: seconds since the epoch and 24 random digits, both hexadecimal. */
export function newTraceId(time: Date): string {
  return `Root=1-${Math.floor(time.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
}
