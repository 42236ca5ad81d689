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

/** Parses the header. @returns its parts, or the error message of AWS when a part is missing or malformed */
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
 * @returns undefined when they are equal; otherwise the strings that should have been signed, as text for the message of AWS
 */
export function signatureMismatch(
  request: SignedRequest,
  { scope, signedHeaders, signature }: Authorization,
  secret: string,
): string | undefined {
  const { headers } = request;
  const [path, query] = splitTarget(request.url);
  const headerLines = signedHeaders.split(';').map((name) => `${name}:${normalizeSpaces(headers[name])}\n`);
  const canonicalRequest =
    `${request.method}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${headerLines.join('')}\n${signedHeaders}\n` +
    sha256(request.body);
  const stringToSign = `AWS4-HMAC-SHA256\n${normalizeSpaces(headers['x-amz-date'])}\n${scope}\n${sha256(canonicalRequest)}`;
  // A constant-time comparison is not needed: the secret is valid on this machine only.
  const expected = createHmac('sha256', signingKey(secret, scope)).update(stringToSign).digest('hex');
  if (expected === signature) return undefined;
  return (
    `The Canonical String for this request should have been\n'${canonicalRequest}'\n\n` +
    `The String-to-Sign should have been\n'${stringToSign}'\n`
  );
}

/** @param target path and query. A query can contain further `?` */
function splitTarget(target: string): [path: string, query: string] {
  const start = target.indexOf('?');
  return start === -1 ? [target, ''] : [target.slice(0, start), target.slice(start + 1)];
}

/** Encodes each segment of the path, which is already encoded, once more. Removes empty segments, `.` and `..`. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encode(segment));
  }
  const isFolder = path.endsWith('/') && segments.length > 0;
  return `/${segments.join('/')}${isFolder ? '/' : ''}`;
}

/** Sorts the parameters by name, then by value. A parameter without a value gets a `=`. */
function canonicalQuery(query: string): string {
  const parameters = query.split('&').filter((part) => part !== '');
  const pairs = parameters.map((parameter): readonly [name: string, value: string] => {
    const [name = '', ...value] = parameter.split('=');
    return [encode(decode(name)), encode(decode(value.join('=')))];
  });
  const sorted = pairs.sort(([name, value], [other, otherValue]) => compare(name, other) || compare(value, otherValue));
  return sorted.map(([name, value]) => `${name}=${value}`).join('&');
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Percent-encodes all bytes except the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) =>
    `%${character.charCodeAt(0).toString(16)}`.toUpperCase(),
  );
}

/** A malformed encoding stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
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
