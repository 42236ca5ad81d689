/** Signature Version 4 of a request (IAM User Guide, "Create a signed AWS API request"). */
import { createHmac, hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What the Authorization header says. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `20261122/us-east-1/dynamodb/aws4_request`. */
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

/** @returns the header's parts, or what is wrong with it, in DynamoDB's words */
export function readAuthorization(header: string): Authorization | string {
  const credential = parameter(header, 'Credential=');
  const signedHeaders = parameter(header, 'SignedHeaders=');
  const signature = parameter(header, 'Signature=');
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

/** Of `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`; empty where there is none. */
function parameter(header: string, name: string): string {
  const start = header.indexOf(` ${name}`);
  if (start === -1) return '';
  const end = header.indexOf(',', start);
  return header.slice(start + 1 + name.length, end === -1 ? undefined : end).trim();
}

/** Signing keys are the same for a day; deriving one takes four HMACs. */
const signingKeys = new Map<string, Buffer>();
const MOST_KEPT = 1000;

function signingKey(secret: string, scope: string): Buffer {
  const name = `${secret} ${scope}`;
  let key = signingKeys.get(name);
  if (!key) {
    key = scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
    if (signingKeys.size >= MOST_KEPT) signingKeys.clear();
    signingKeys.set(name, key);
  }
  return key;
}

/** @returns undefined when the signature is right, and else what was to be signed, as DynamoDB tells it */
export function wrongSignature(
  request: SignedRequest,
  { scope, signedHeaders, signature }: Authorization,
  secret: string,
): string | undefined {
  const { headers } = request;
  const [path = '/', query = ''] = request.url.split('?', 2);
  const lines = signedHeaders.split(';').map((name) => `${name}:${trimmed(headers[name])}\n`);
  const parameters = query === '' ? '' : query.split('&').sort().join('&');
  const canonical =
    `${request.method}\n${path}\n${parameters}\n${lines.join('')}\n${signedHeaders}\n` + sha256(request.body);
  const text = `AWS4-HMAC-SHA256\n${trimmed(headers['x-amz-date'])}\n${scope}\n${sha256(canonical)}`;
  // How long the comparison takes gives nothing away that this machine does not know: the secret is made here.
  if (createHmac('sha256', signingKey(secret, scope)).update(text).digest('hex') === signature) return undefined;
  return (
    `The Canonical String for this request should have been\n'${canonical}'\n\n` +
    `The String-to-Sign should have been\n'${text}'\n`
  );
}

function trimmed(value: string | string[] | undefined): string {
  const text = String(value ?? '');
  return text.includes('  ') ? text.trim().replace(/ {2,}/g, ' ') : text.trim();
}

function sha256(content: string | Buffer): string {
  return hash('sha256', content);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
