/** The server before a gateway, whatever the gateway does. */
import { type Gateway, own } from '../../../local/gateway/integration';
import { GatewayServer, type RequestLog } from '../../../local/gateway/server';

const logs: RequestLog[] = [];
let server: GatewayServer;
let url: string;

beforeEach(async () => {
  logs.length = 0;
  server = new GatewayServer((log) => logs.push(log));
  url = await server.listen(0);
});
afterEach(() => server.close());

function open(handle: Gateway['handle']): void {
  server.open({ requestIdHeader: 'x-id', newRequestId: () => '1', handle });
}

test('an answer that cannot be sent is a fault of the run, and the next one is sent', async () => {
  // Node.js refuses it beside a content-length.
  const unsendable = own(200, 'never seen', '');
  const headers = [['trailer', 'x'] as const, ['x-left', 'y'] as const];
  let first = true;
  open(() => {
    const outcome = first ? { ...unsendable, response: { ...unsendable.response, headers } } : own(404, 'seen', '');
    first = false;
    return Promise.resolve(outcome);
  });
  const answer = await fetch(url);
  expect([answer.status, await answer.json(), answer.headers.get('x-left'), answer.headers.get('x-id')]).toEqual([
    500,
    { message: 'Internal Server Error' },
    null,
    '1',
  ]);
  expect((await fetch(url)).status).toBe(404);
  expect(logs.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^fault of the local run: .*trailer/i), '']);
});
