/** A TLS server in place of DynamoDB. It answers in a short and constant time. */
import { once } from 'node:events';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Certificate } from './certificate';

export interface FakeDynamodb {
  /** `https://localhost:<port>` */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the server. It answers each GetItem with the item of the table, and each PutItem with an empty object. It stores
 * nothing.
 * @param items the item of each table, by table name, in DynamoDB's JSON
 */
export async function startFakeDynamodb(
  { key, cert }: Certificate,
  items: Readonly<Record<string, object>>,
): Promise<FakeDynamodb> {
  const answer = async (request: AsyncIterable<Uint8Array>, target: unknown): Promise<string> => {
    const { TableName } = JSON.parse(await text(request)) as { readonly TableName: string };
    return JSON.stringify(target === 'DynamoDB_20120810.GetItem' ? { Item: items[TableName] } : {});
  };
  const server = https.createServer({ key, cert, keepAliveTimeout: 600_000 }, (request, response) => {
    void answer(request, request.headers['x-amz-target']).then((body) => {
      response.writeHead(200, headersOf(body)).end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function headersOf(body: string) {
  return {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOP',
    'x-amz-crc32': '1234567890',
  };
}
