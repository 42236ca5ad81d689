/** The lower bound: a node:http server calls the handler in its own process, with a prepared event. It adds only the id. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface Result {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const [file = '', event = ''] = process.argv.slice(2);
const { handler } = createRequire(file)(file) as { handler: (event: unknown, context: unknown) => Promise<Result> };
const template = JSON.parse(event) as object;

const server = createServer((request, response) => {
  const id = (request.url ?? '').split('/').at(-1) ?? '';
  void handler({ ...template, rawPath: request.url, pathParameters: { id } }, { awsRequestId: id }).then((result) => {
    response.writeHead(result.statusCode, { ...result.headers, 'content-length': Buffer.byteLength(result.body) });
    response.end(result.body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening on ${(server.address() as AddressInfo).port}`));
