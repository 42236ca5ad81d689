/**
 * Temporary credentials of execution environments. The session token names the caller and is sealed with a key of the run, so
 * the guard can verify credentials without a list of those that were issued.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Caller {
  readonly functionName: string;
  readonly functionArn: string;
  readonly roleArn: string;
}

/** A caller with the access key id that identifies its execution environment. */
export interface Session extends Caller {
  readonly accessKeyId: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The key that seals the session tokens of one run. */
export function newRunKey(): string {
  return randomBytes(32).toString('base64');
}

/** Issues new credentials, with an access key id of their own, for one execution environment. */
export function issueCredentials(runKey: string, { functionName, functionArn, roleArn }: Caller): Credentials {
  const accessKeyId = `ASIA${base32(randomBytes(16))}`;
  const caller = Buffer.from(JSON.stringify([functionName, functionArn, roleArn])).toString('base64url');
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey(runKey, accessKeyId),
    sessionToken: `${caller}.${seal(runKey, accessKeyId, caller)}`,
  };
}

/** @returns undefined when this run did not issue the token with this access key id */
export function readSession(runKey: string, accessKeyId: string, sessionToken: string): Session | undefined {
  const [caller = '', sealed = ''] = sessionToken.split('.');
  const expectedSeal = Buffer.from(seal(runKey, accessKeyId, caller));
  const actualSeal = Buffer.from(sealed);
  if (actualSeal.length !== expectedSeal.length || !timingSafeEqual(actualSeal, expectedSeal)) return undefined;
  const [functionName = '', functionArn = '', roleArn = ''] = JSON.parse(
    Buffer.from(caller, 'base64url').toString(),
  ) as string[];
  return { accessKeyId, functionName, functionArn, roleArn };
}

/** 40 characters, like the secret access keys of AWS. */
export function secretAccessKey(runKey: string, accessKeyId: string): string {
  return createHmac('sha256', runKey).update(`secret ${accessKeyId}`).digest('base64').slice(0, 40);
}

function seal(runKey: string, accessKeyId: string, caller: string): string {
  return createHmac('sha256', runKey).update(`token ${accessKeyId} ${caller}`).digest('base64url');
}

/** One character for each byte, from the alphabet of AWS's access key ids. */
function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}
