/** A TLS server in place of DynamoDB. It answers every request with the same item, in a short and constant time. */
import { once } from 'node:events';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate';

const BODY = JSON.stringify({ Item: { id: { S: 'abcdef234' }, price: { N: '12345' }, name: { S: 'myitem' } } });

const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'content-length': Buffer.byteLength(BODY),
  'x-amzn-requestid': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOP',
  'x-amz-crc32': '1234567890',
};

export interface FakeDynamodb {
  /** `https://localhost:<port>` */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startFakeDynamodb({ key, cert }: Certificate): Promise<FakeDynamodb> {
  const server = https.createServer({ key, cert, keepAliveTimeout: 600_000 }, (request, response) => {
    request.resume().on('end', () => response.writeHead(200, HEADERS).end(BODY));
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
