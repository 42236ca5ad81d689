/** Makes the ids that the server gives to items. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Bytes from this value on are skipped, so that every character is equally likely. */
const BYTE_LIMIT = 256 - (256 % ALPHABET.length);

/** Makes a UUID of version 7 (RFC 9562, 5.7): UUIDs sort by the millisecond of their creation. */
export function timeUuid(now = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** Derives a UUID of version 8 (RFC 9562, 5.8) from a text. */
export function textUuid(text: string): string {
  const bytes = hash(text).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Makes a code of random letters and digits. */
export function randomCode(length: number): string {
  return codeOf(length, () => randomBytes(2 * length));
}

/** Derives a code of letters and digits from a text. */
export function textCode(text: string, length: number): string {
  let block = 0;
  return codeOf(length, () => hash(`${text}\n${(block += 1)}`));
}

function codeOf(length: number, nextBytes: () => Buffer): string {
  let code = '';
  while (code.length < length) {
    for (const byte of nextBytes()) {
      if (byte < BYTE_LIMIT && code.length < length) code += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return code;
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
