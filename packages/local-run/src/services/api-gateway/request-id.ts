/**
 * Generates ids in the formats of API Gateway. The random part comes from `randomUUID`, which caches random bytes.
 * `randomBytes` would make a system call for each id.
 */
import { randomUUID } from 'node:crypto';

/** The request id of an HTTP API: 15 letters and digits, and a `=`. */
export function newHttpApiRequestId(): string {
  return `${randomBase64().slice(0, 15)}=`;
}

/** The extended request id of a REST API, which a caller cannot choose: `JKJaXmPLvHcESHA=`. */
export function newExtendedRequestId(): string {
  return `${randomBase64().slice(0, 15)}=`;
}

/** A trace id of AWS X-Ray: seconds since the epoch and 24 random digits, both hexadecimal. */
export function newTraceId(time: Date): string {
  return `Root=1-${Math.floor(time.getTime() / 1000).toString(16)}-${randomHex().slice(0, 24)}`;
}

function randomBase64(): string {
  return Buffer.from(randomHex(), 'hex').toString('base64').replace(/[+/]/g, 'A');
}

/** 32 digits. The 13th is always a 4. */
function randomHex(): string {
  return randomUUID().replaceAll('-', '');
}
