/** Reads a request to AWS: the service, the path, and the parameters. */
import type { IncomingHttpHeaders } from 'node:http';

/** The account of every request to MiniStack. */
export const ACCOUNT = '000000000000';

export interface RawRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

export class AwsRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The service that the request is signed for: `dynamodb`. */
  readonly service: string;
  readonly region: string;
  /** The operation of a JSON protocol, for example `CreateTable`. */
  readonly operation: string | undefined;

  constructor(
    { method = '', url = '/', headers }: RawRequest,
    private readonly body: Buffer,
  ) {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    this.method = method;
    this.path = decodeURIComponent(pathname);
    this.query = searchParams;
    const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '');
    [, this.region = '', this.service = 'unsigned'] = scope ?? [];
    this.operation = headers['x-amz-target']?.toString().split('.').at(-1);
  }

  /** The JSON body; `{}` without a body. */
  get json(): Readonly<Record<string, unknown>> {
    return (this.body.length === 0 ? {} : JSON.parse(this.body.toString())) as Record<string, unknown>;
  }

  /** The body. */
  get text(): string {
    return this.body.toString();
  }

  /** The parameters of the Query protocol. */
  get form(): URLSearchParams {
    return new URLSearchParams(this.text);
  }

  /** Makes an ARN of this request's account and region. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${ACCOUNT}:${resource}`;
  }
}
