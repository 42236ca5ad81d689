/** Signs POST requests to DynamoDB with Signature Version 4 (IAM user guide, "AWS Signature Version 4"). */
import { createHmac, hash } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** The parts of a request that the signature covers. */
export interface UnsignedRequest {
  readonly path: string;
  readonly host: string;
  readonly target: string;
  readonly invocationId: string;
  readonly attempt: string;
  readonly amzUserAgent: string;
  readonly body: string;
  readonly contentLength: number;
}

export interface Signature {
  readonly date: string;
  readonly bodyHash: string;
  readonly authorization: string;
}

interface SigningKey {
  readonly secret: string;
  readonly day: string;
  readonly region: string;
  /** The key's blocks for the inner and outer hash, each with space for the text that follows. */
  readonly inner: Buffer;
  readonly outer: Buffer;
}

/** The key of the last request. */
let cachedKey: SigningKey | undefined;

/** @param now milliseconds since 1970, in the server's time */
export function sign(request: UnsignedRequest, credentials: Credentials, region: string, now: number): Signature {
  // For example 20261122T050300Z.
  const iso = new Date(now).toISOString();
  const day = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  const date = `${day}T${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
  const scope = `${day}/${region}/dynamodb/aws4_request`;
  const bodyHash = hash('sha256', request.body, 'hex');
  const { sessionToken: token } = credentials;
  const names = `amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-content-sha256;x-amz-date;${
    token ? 'x-amz-security-token;' : ''
  }x-amz-target;x-amz-user-agent`;
  const canonical = `POST
${request.path}

amz-sdk-invocation-id:${request.invocationId}
amz-sdk-request:${request.attempt}
content-length:${request.contentLength}
content-type:application/x-amz-json-1.0
host:${request.host}
x-amz-content-sha256:${bodyHash}
x-amz-date:${date}
${token ? `x-amz-security-token:${token}\n` : ''}x-amz-target:${request.target}
x-amz-user-agent:${request.amzUserAgent}

${names}
${bodyHash}`;
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash('sha256', canonical, 'hex')}`;
  const signature = hmac(signingKey(credentials.secretAccessKey, day, region), text);
  return {
    date,
    bodyHash,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** Returns the cached key, or derives a key when the day, the region or the secret has changed. */
function signingKey(secret: string, day: string, region: string): SigningKey {
  if (cachedKey?.secret !== secret || cachedKey.day !== day || cachedKey.region !== region) {
    const bytes = [day, region, 'dynamodb', 'aws4_request'].reduce<string | Buffer>(
      (previous, text) => createHmac('sha256', previous).update(text).digest(),
      `AWS4${secret}`,
    ) as Buffer;
    cachedKey = {
      ...{ secret, day, region },
      inner: paddedBlock(bytes, 0x36, MAX_TEXT_BYTES),
      outer: paddedBlock(bytes, 0x5c, HASH_BYTES),
    };
  }
  return cachedKey;
}

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
/** An upper limit for the signed text. Its length depends only on the name of the region. */
const MAX_TEXT_BYTES = 256;

/**
 * The first block of an HMAC hash: the key, XORed with a padding byte.
 * @param space bytes to allocate after the block
 */
function paddedBlock(bytes: Buffer, pad: number, space: number): Buffer {
  const buffer = Buffer.alloc(BLOCK_BYTES + space, pad);
  bytes.forEach((byte, index) => (buffer[index] = byte ^ pad));
  return buffer;
}

/**
 * Computes an HMAC (RFC 2104) with two one-shot hashes. This takes less time than an Hmac object, for which OpenSSL
 * prepares the key every time.
 */
function hmac({ inner, outer }: SigningKey, text: string): string {
  const end = BLOCK_BYTES + inner.write(text, BLOCK_BYTES, 'latin1');
  hash('sha256', inner.subarray(0, end), 'buffer').copy(outer, BLOCK_BYTES);
  return hash('sha256', outer, 'hex');
}
