/** Other clients of the SDK work in a bundle with the lean client. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from './support/build';

/** The answer of SQS contains a checksum of the message, which the client checks. */
const SQS_ANSWER = JSON.stringify({
  MessageId: 'message-1',
  MD5OfMessageBody: createHash('md5').update('hello').digest('hex'),
});

let folder: string;
let server: http.Server;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'other-clients-'));
  server = http.createServer((request, response) => {
    request.resume().on('end', () => {
      const target = String(request.headers['x-amz-target']);
      if (target.startsWith('AmazonSQS')) response.end(SQS_ANSWER);
      else if (target.startsWith('DynamoDB')) response.end('{"Item":{"id":{"S":"a"},"n":{"N":"1"}}}');
      else response.end(request.method === 'GET' ? 'content' : '');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test.each(['lean', 'stock'] as const)('S3, SQS and DynamoDB work in one bundle (%s)', async (sdk) => {
  const file = path.join(folder, `${sdk}.js`);
  const { warnings, metafile } = await build(path.join(__dirname, 'support/other-clients.ts'), file, sdk);
  expect(warnings).toEqual([]);
  expect(Object.keys(metafile.inputs).some((name) => name.includes('src/client/send.ts'))).toBe(sdk === 'lean');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { stdout } = await promisify(execFile)(process.execPath, [file, url], { env: {} });
  expect(JSON.parse(stdout)).toEqual({ object: 'content', MessageId: 'message-1', Item: { id: 'a', n: 1 } });
});
