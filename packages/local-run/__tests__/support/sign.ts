/** Signs requests to APIs and function URLs with Signature Version 4. */
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface SignedRequest {
  readonly method: string;
  /** Without a query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly region: string;
  /** @default execute-api */
  readonly service?: 'execute-api' | 'lambda';
  /** @default now */
  readonly date?: Date | undefined;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

class Sha256 {
  private readonly digester;

  constructor(key?: Uint8Array) {
    this.digester = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }

  update(data: string | Uint8Array): void {
    this.digester.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.digester.digest());
  }
}

/** @returns the headers of the signed request */
export async function sign(base: string, request: SignedRequest): Promise<Readonly<Record<string, string>>> {
  const { hostname, port, host } = new URL(base);
  const { method, path, query = {}, body, region, service = 'execute-api', date = new Date(), credentials } = request;
  const signer = new SignatureV4({ service, region, sha256: Sha256 as never, credentials });
  const { headers } = await signer.sign(
    { method, protocol: 'http:', hostname, port: Number(port), path, query, headers: { host }, body },
    { signingDate: date },
  );
  return headers;
}
