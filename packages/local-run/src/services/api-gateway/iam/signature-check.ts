/** Verifies the signatures of requests to APIs and function URLs. */
import type { KnownCaller } from '../../iam/credentials';
import { type Authorization, readAuthorization, signatureMismatch, type SignedRequest } from '../../iam/signature';
import { type GatewayRequest, headerPairs, headerValue } from '../request';

/** The services that API Gateway and Lambda demand in a signature. */
export type SignedService = 'execute-api' | 'lambda';

/** Why AWS refuses a signature. */
export interface SignatureFault {
  readonly type: 'IncompleteSignatureException' | 'InvalidSignatureException';
  readonly message: string;
}

const PREFIX = 'AWS4-HMAC-SHA256 ';

/** AWS accepts a signature for 5 minutes (recorded: mhart/aws4, issue 118). */
const MAX_AGE_MS = 5 * 60 * 1000;

export const NOT_SIGNED = 'the request is not signed with AWS credentials';

/** Whether a request has the header of an AWS signature. */
export function hasSignature({ rawHeaders }: Pick<GatewayRequest, 'rawHeaders'>): boolean {
  return headerValue(rawHeaders, 'authorization')?.startsWith(PREFIX) === true;
}

/** The access key id of `Credential=AKIAIOSFODNN7EXAMPLE/20261129/us-east-1/execute-api/aws4_request`. */
export function accessKeyOf({ rawHeaders }: Pick<GatewayRequest, 'rawHeaders'>): string {
  const [, accessKey = ''] = /\bCredential=([^/,\s]+)/.exec(headerValue(rawHeaders, 'authorization') ?? '') ?? [];
  return accessKey;
}

/**
 * Checks a signature by the credentials of this run.
 * @param scope the service, and the region of the API or function
 * @returns undefined when the signature is correct
 */
export function signatureFault(
  request: GatewayRequest,
  { secret }: Pick<KnownCaller, 'secret'>,
  scope: { readonly service: SignedService; readonly region: string },
): SignatureFault | undefined {
  const signed = toSignedRequest(request);
  const authorization = readAuthorization(signed.headers.authorization ?? '');
  if (typeof authorization === 'string') return { type: 'IncompleteSignatureException', message: authorization };
  const date = String(signed.headers['x-amz-date'] ?? '');
  const problem = scopeProblem(authorization, scope) ?? dateProblem(date, authorization, request.time);
  if (problem !== undefined) return problem;
  // The gateway has not kept the body, and refuses the request next.
  if (request.isBodyTooLarge) return undefined;
  const mismatch = signatureMismatch(signed, authorization, secret);
  if (mismatch === undefined) return undefined;
  const advice = 'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
  const message = `The request signature we calculated does not match the signature you provided. ${advice}`;
  // Function URLs do not say what should have been signed (recorded: RJPearson94/terraform-aws-open-next, pull request 48).
  return invalid(scope.service === 'lambda' ? message : `${message}\n\n${mismatch}`);
}

function scopeProblem(
  authorization: Authorization,
  { service, region }: { readonly service: SignedService; readonly region: string },
): SignatureFault | undefined {
  if (authorization.region !== region) return invalid('Credential should be scoped to a valid region. ');
  if (authorization.service !== service) {
    return invalid(`Credential should be scoped to correct service: '${service}'. `);
  }
  const isHostSigned = authorization.signedHeaders.split(';').includes('host');
  return isHostSigned
    ? undefined
    : invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
}

/** @param date the header x-amz-date: `20261129T075803Z` */
function dateProblem(date: string, { scope }: Authorization, now: Date): SignatureFault | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time)) {
    const message = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
    return { type: 'IncompleteSignatureException', message };
  }
  const [scopeDate = ''] = scope.split('/');
  if (!date.startsWith(scopeDate) || scopeDate.length !== 8) {
    return invalid(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
        `'${scopeDate}' != '${date.slice(0, 8)}', from '${date}'.`,
    );
  }
  const limit = (offset: number) => basicFormat(new Date(now.getTime() + offset));
  if (time < now.getTime() - MAX_AGE_MS) {
    return invalid(
      `Signature expired: ${date} is now earlier than ${limit(-MAX_AGE_MS)} (${basicFormat(now)} - 5 min.)`,
    );
  }
  if (time > now.getTime() + MAX_AGE_MS) {
    return invalid(
      `Signature not yet current: ${date} is still later than ${limit(MAX_AGE_MS)} (${basicFormat(now)} + 5 min.)`,
    );
  }
  return undefined;
}

/** `20261129T075803Z`. */
function basicFormat(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, '');
}

function invalid(message: string): SignatureFault {
  return { type: 'InvalidSignatureException', message };
}

function toSignedRequest({ method, rawPath, rawQuery, rawHeaders, body }: GatewayRequest): SignedRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of headerPairs(rawHeaders)) {
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value;
  }
  return { method, url: rawQuery === '' ? rawPath : `${rawPath}?${rawQuery}`, headers, body };
}
