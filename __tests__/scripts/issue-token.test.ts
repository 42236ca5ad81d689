/** Tokens from an issuer, which an HTTP server plays. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { issueToken } from '../../scripts/issue-token';

let server: http.Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: http.RequestListener): Promise<string> {
  server = http.createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('an issuer that accepts a request and never answers is reported after the time limit', async () => {
  const issuer = await serve(() => undefined);
  await expect(issueToken(issuer, {}, 50)).rejects.toThrow(
    `No local run answers at ${issuer}. Start it with npm start`,
  );
});

test('an answer without a token is reported, also when its body never ends', async () => {
  const issuer = await serve((_, response) => void response.writeHead(200).write('{'));
  await expect(issueToken(issuer, {}, 200)).rejects.toThrow(`${issuer}/api/tokens answers 200 without a token.`);
});

test("the issuer's message is the error", async () => {
  const issuer = await serve((_, response) => void response.writeHead(400).end('{"message":"Name a stack."}'));
  await expect(issueToken(issuer, {})).rejects.toThrow('Name a stack.');
});
