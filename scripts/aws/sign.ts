/** Signs requests with the AWS credentials of the environment. */
import { STSClient } from '@aws-sdk/client-sts';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';

export interface UnsignedRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The service and the region that the signature names. */
export interface Scope {
  /** @example 'execute-api' */
  readonly service: string;
  readonly region: string;
}

/**
 * Returns the headers of the request with its signature (IAM user guide, "AWS Signature Version 4 for API requests").
 * @throws Error when the environment has no credentials
 */
export async function sign(url: string, request: UnsignedRequest, scope: Scope): Promise<Record<string, string>> {
  const { protocol, host, hostname, pathname, searchParams } = new URL(url);
  const signer = new SignatureV4({
    ...scope,
    // The SDK finds credentials in variables, profiles, and the metadata of machines.
    credentials: new STSClient({ region: scope.region }).config.credentials,
    sha256: Hash.bind(null, 'sha256'),
  });
  const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  const headers = { ...request.headers, host };
  const signed = await signer.sign({ ...request, protocol, hostname, path: pathname, query, headers });
  return signed.headers;
}
