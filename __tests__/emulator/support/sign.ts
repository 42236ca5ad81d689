/** Signs requests with AWS credentials (Signature Version 4). */
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ApiRequest } from './api-client';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The emulator does not limit this access key. */
export const ADMINISTRATOR: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** @param service the service of the signature, for example `execute-api` @returns the request with the headers of the signature */
export async function signed(request: ApiRequest, service: string, credentials: Credentials): Promise<ApiRequest> {
  const region = process.env['AWS_REGION'] ?? '';
  const signer = new SignatureV4({ service, region, credentials, sha256: Hash.bind(null, 'sha256') });
  const { host, method, path, headers, body } = request;
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const { headers: signedHeaders } = await signer.sign({
    method,
    protocol: 'https:',
    hostname: host,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { ...headers, host },
    body,
  });
  return { ...request, headers: signedHeaders };
}
