/** Reads which service and action a request of an AWS SDK is for, and in which protocol its client expects the response. */
import type { IncomingHttpHeaders } from 'node:http';

/** The protocols of AWS SDKs (Smithy, "AWS protocols"). S3 and EC2 have their own error documents. */
export type Protocol = 'json' | 'cbor' | 'query' | 'ec2' | 'rest-json' | 'rest-xml' | 's3';

export interface ServiceRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RequestedAction {
  readonly service: string;
  readonly action: string;
  readonly protocol: Protocol;
}

const REST_XML_SERVICES = ['cloudfront', 'route53'];

export function requestedAction({ method, url, headers, body }: ServiceRequest): RequestedAction {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const service = serviceOf(headers, searchParams);
  const target = headers['x-amz-target'];
  if (target !== undefined) return { service, action: lastPart(String(target), '.'), protocol: 'json' };
  if (headers['smithy-protocol'] === 'rpc-v2-cbor')
    return { service, action: lastPart(pathname, '/'), protocol: 'cbor' };
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? body
    : searchParams.toString();
  const action = new URLSearchParams(form).get('Action');
  if (action !== null) return { service, action, protocol: service === 'ec2' ? 'ec2' : 'query' };
  const named = searchParams.get('x-id') ?? `${method} ${pathname}`;
  return { service, action: named, protocol: restProtocol(service) };
}

/** The service in the credential scope: `AKIA.../20261130/us-east-1/sns/aws4_request`. */
function serviceOf({ authorization = '' }: IncomingHttpHeaders, query: URLSearchParams): string {
  const scope = /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? query.get('X-Amz-Credential') ?? '';
  return scope.split('/')[3] ?? '';
}

function restProtocol(service: string): Protocol {
  if (service === 's3') return 's3';
  return REST_XML_SERVICES.includes(service) ? 'rest-xml' : 'rest-json';
}

function lastPart(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1);
}
