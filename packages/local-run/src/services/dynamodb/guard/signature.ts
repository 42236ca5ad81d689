/** Verifies the Signature Version 4 of a request (IAM User Guide, "Create a signed AWS API request"). */
import { createHmac, hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The parts of the Authorization header. */
export interface Authorization {
  readonly accessKeyId: string;
  /** For example `20261122/us-east-1/dynamodb/aws4_request`. */
  readonly scope: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

export interface SignedRequest {
  readonly method: string;
  /** The request target: path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Parses the header. @returns its parts, or DynamoDB's error message when a part is missing or malformed */
export function readAuthorization(header: string): Authorization | string {
  const credential = findParameter(header, 'Credential=');
  const signedHeaders = findParameter(header, 'SignedHeaders=');
  const signature = findParameter(header, 'Signature=');
  if (credential === '' || signature === '' || signedHeaders === '') {
    const missing = Object.entries({ Credential: credential, Signature: signature, SignedHeaders: signedHeaders })
      .filter(([, value]) => value === '')
      .map(([name]) => `Authorization header requires '${name}' parameter. `);
    return `${missing.join('')}Authorization=${header}`;
  }
  const [accessKeyId = '', date = '', region = '', service = '', terminator, ...rest] = credential.split('/');
  if (terminator === undefined || rest.length > 0) {
    return `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`;
  }
  const scope = `${date}/${region}/${service}/${terminator}`;
  return { accessKeyId, scope, region, service, signedHeaders, signature };
}

/**
 * Finds a parameter in `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`.
 * @returns '' when it is missing
 */
function findParameter(header: string, name: string): string {
  const start = header.indexOf(` ${name}`);
  if (start === -1) return '';
  const end = header.indexOf(',', start);
  return header.slice(start + 1 + name.length, end === -1 ? undefined : end).trim();
}

function signingKey(secret: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
}

/**
 * Compares the signature with the expected signature.
 * @returns undefined when they are equal; otherwise the strings that should have been signed, as text for DynamoDB's message
 */
export function signatureMismatch(
  request: SignedRequest,
  { scope, signedHeaders, signature }: Authorization,
  secret: string,
): string | undefined {
  const { headers } = request;
  const [path = '/', query = ''] = request.url.split('?', 2);
  const headerLines = signedHeaders.split(';').map((name) => `${name}:${normalizeSpaces(headers[name])}\n`);
  const sortedQuery = query === '' ? '' : query.split('&').sort().join('&');
  const canonicalRequest =
    `${request.method}\n${path}\n${sortedQuery}\n${headerLines.join('')}\n${signedHeaders}\n` + sha256(request.body);
  const stringToSign = `AWS4-HMAC-SHA256\n${normalizeSpaces(headers['x-amz-date'])}\n${scope}\n${sha256(canonicalRequest)}`;
  // A constant-time comparison is not needed: the secret is valid on this machine only.
  const expected = createHmac('sha256', signingKey(secret, scope)).update(stringToSign).digest('hex');
  if (expected === signature) return undefined;
  return (
    `The Canonical String for this request should have been\n'${canonicalRequest}'\n\n` +
    `The String-to-Sign should have been\n'${stringToSign}'\n`
  );
}

function normalizeSpaces(value: string | string[] | undefined): string {
  const text = String(value ?? '');
  return text.includes('  ') ? text.trim().replace(/ {2,}/g, ' ') : text.trim();
}

function sha256(content: string | Buffer): string {
  return hash('sha256', content);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
