/** An HTTP server that lists, reads and deletes the objects of one bucket as S3 does. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

interface StoredObject {
  readonly text: string;
  readonly changedAt: Date;
}

export class BucketServer {
  readonly objects = new Map<string, StoredObject>();
  private readonly server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3');
    const key = decodeURIComponent(pathname.replace(new RegExp(`^/${this.bucket}/?`), ''));
    if (key === '') response.end(this.list(searchParams.get('prefix') ?? ''));
    else if (request.method === 'DELETE') response.writeHead(this.objects.delete(key) ? 204 : 404).end();
    else if (this.objects.has(key)) response.end(this.objects.get(key)?.text);
    else response.writeHead(404).end('<Error><Code>NoSuchKey</Code><Message>No such key</Message></Error>');
  });

  constructor(private readonly bucket: string) {}

  /** @returns the environment variables with which an SDK client uses the server */
  async listen(): Promise<Record<string, string>> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  }

  close(): void {
    this.server.close();
  }

  put(key: string, text: string, changedAt = new Date()): void {
    this.objects.set(key, { text, changedAt });
  }

  private list(prefix: string): string {
    const contents = [...this.objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(
        ([key, { changedAt }]) =>
          `<Contents><Key>${key}</Key><LastModified>${changedAt.toISOString()}</LastModified></Contents>`,
      );
    return `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`;
  }
}

/** A state with a table. @param name the name of the table @param provider the provider of the resource */
export function stateText(name: string, provider = 'registry.terraform.io/hashicorp/aws'): string {
  return JSON.stringify({
    version: 4,
    resources: [
      {
        ...{ mode: 'managed', type: 'aws_dynamodb_table', name: 'items', provider: `provider["${provider}"]` },
        instances: [{ attributes: { id: name, name } }],
      },
    ],
  });
}
