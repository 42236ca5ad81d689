/** Credentials of an execution environment, as STS would give them out: the session token says, sealed, whose they are. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who calls. */
export interface Session {
  readonly accessKeyId: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly roleArn: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The key of one run, by which its credentials are made, and known again: whoever checks them needs no list. */
export function newRunKey(): string {
  return randomBytes(32).toString('base64');
}

/** Other credentials at every call: an access key id is of one instance. */
export function issue(runKey: string, caller: Omit<Session, 'accessKeyId'>): Credentials {
  const accessKeyId = `ASIA${base32(randomBytes(16))}`;
  const { functionName, functionArn, roleArn } = caller;
  const who = Buffer.from(JSON.stringify([functionName, functionArn, roleArn])).toString('base64url');
  return {
    accessKeyId,
    secretAccessKey: secretOf(runKey, accessKeyId),
    sessionToken: `${who}.${seal(runKey, accessKeyId, who)}`,
  };
}

/** @returns the session of this key and token; undefined when this run has not given them out together */
export function sessionOf(runKey: string, accessKeyId: string, token: string): Session | undefined {
  const [who = '', given = ''] = token.split('.');
  const expected = Buffer.from(seal(runKey, accessKeyId, who));
  const found = Buffer.from(given);
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) return undefined;
  const [functionName, functionArn, roleArn] = JSON.parse(Buffer.from(who, 'base64url').toString()) as string[];
  return {
    accessKeyId,
    functionName: functionName ?? '',
    functionArn: functionArn ?? '',
    roleArn: roleArn ?? '',
  };
}

/** 40 characters, as those of AWS. */
export function secretOf(runKey: string, accessKeyId: string): string {
  return createHmac('sha256', runKey).update(`secret ${accessKeyId}`).digest('base64').slice(0, 40);
}

function seal(runKey: string, accessKeyId: string, who: string): string {
  return createHmac('sha256', runKey).update(`token ${accessKeyId} ${who}`).digest('base64url');
}

/** A character a byte, of those that AWS's access key ids are made of. */
function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}
