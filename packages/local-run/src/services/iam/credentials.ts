/**
 * Issues and verifies temporary credentials of execution environments. The session token contains the caller and a seal, which
 * is an HMAC with the run's key. So the run can verify credentials without a list of issued credentials.
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

/** Creates the key that seals the session tokens of one run. */
export function newRunKey(): string {
  return randomBytes(32).toString('base64');
}

/** Issues credentials for one execution environment. Each call returns a different access key id. */
export function issueCredentials(runKey: string, { functionName, functionArn, roleArn }: Caller): Credentials {
  const accessKeyId = `ASIA${toKeyCharacters(randomBytes(16))}`;
  const caller = Buffer.from(JSON.stringify([functionName, functionArn, roleArn])).toString('base64url');
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey(runKey, accessKeyId),
    sessionToken: `${caller}.${seal(runKey, accessKeyId, caller)}`,
  };
}

/**
 * Reads and verifies a session token.
 * @returns undefined when this run did not issue the token with this access key id
 */
export function readSession(runKey: string, accessKeyId: string, sessionToken: string): Session | undefined {
  const [caller = '', sealed = ''] = sessionToken.split('.');
  const expectedSeal = Buffer.from(seal(runKey, accessKeyId, caller));
  const actualSeal = Buffer.from(sealed);
  if (actualSeal.length !== expectedSeal.length || !timingSafeEqual(actualSeal, expectedSeal)) return undefined;
  return { accessKeyId, ...decodeCaller(caller) };
}

/** A verified caller with the secret that signs its requests. */
export interface KnownCaller {
  readonly session: Session;
  readonly secret: string;
}

/** Finds callers by their credentials. Remembers verified session tokens. */
export class CallerDirectory {
  private readonly callers = new Map<string, KnownCaller & { readonly sessionToken: string }>();

  constructor(private readonly runKey: string) {}

  /** @returns undefined when this run did not issue the token with this access key id */
  find(accessKeyId: string, sessionToken: string): KnownCaller | undefined {
    const known = this.callers.get(accessKeyId);
    if (known?.sessionToken === sessionToken) return known;
    const session = readSession(this.runKey, accessKeyId, sessionToken);
    if (!session) return undefined;
    const caller = { session, sessionToken, secret: secretAccessKey(this.runKey, accessKeyId) };
    this.callers.set(accessKeyId, caller);
    return caller;
  }
}

/**
 * Reads the caller in a session token without verification, for messages.
 * @returns undefined for another token
 */
export function readCaller(sessionToken: string): Caller | undefined {
  try {
    return decodeCaller(sessionToken.split('.')[0] ?? '');
  } catch {
    return undefined;
  }
}

function decodeCaller(encoded: string): Caller {
  const decoded = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as string[];
  const [functionName = '', functionArn = '', roleArn = ''] = decoded;
  return { functionName, functionArn, roleArn };
}

/**
 * Returns the caller's ARN, such as `arn:aws:sts::000000000000:assumed-role/pets-role/pets-function`. Lambda names the
 * session after the function.
 */
export function assumedRoleArn({ roleArn, functionName }: Caller): string {
  const role = roleArn.split('/').at(-1) ?? '';
  return `arn:aws:sts::${roleArn.split(':')[4] ?? ''}:assumed-role/${role}/${functionName}`;
}

/** Derives the secret access key from the access key id. It has 40 characters, as on AWS. */
export function secretAccessKey(runKey: string, accessKeyId: string): string {
  return createHmac('sha256', runKey).update(`secret ${accessKeyId}`).digest('base64').slice(0, 40);
}

function seal(runKey: string, accessKeyId: string, caller: string): string {
  return createHmac('sha256', runKey).update(`token ${accessKeyId} ${caller}`).digest('base64url');
}

/** Converts each byte to one character of the alphabet of AWS access key ids. */
function toKeyCharacters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}
