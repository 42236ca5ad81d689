/** The server before a gateway, whatever the gateway does. */
import { type Gateway, own } from '../../../src/services/api-gateway/integration';
import { GatewayServer, type RequestLog } from '../../../src/services/api-gateway/server';

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
  expect(answer.statusText).toBe('Internal Server Error');
  expect([answer.status, await answer.json(), answer.headers.get('x-left'), answer.headers.get('x-id')]).toEqual([
    500,
    { message: 'Internal Server Error' },
    null,
    '1',
  ]);
  expect((await fetch(url)).status).toBe(404);
  expect(logs.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^fault of the local run: .*trailer/i), '']);
});

test.each([
  ['text', 'über 𝄞'],
  ['bytes', Buffer.from('über 𝄞')],
])('a body of %s is UTF-8, also beside a header that is Latin-1', async (_kind, body) => {
  const headers = [['x-name', 'über'] as const, ['x-plain', 'y'] as const];
  open(() => Promise.resolve({ response: { status: 200, headers, body } }));
  const answer = await fetch(url);
  expect([answer.headers.get('x-name'), answer.headers.get('content-length')]).toEqual(['über', '10']);
  expect(await answer.text()).toBe('über 𝄞');
});

test('of a header that is there twice both are sent, of one in another case the last', async () => {
  const file = 'attachment; filename="ü.txt"';
  const headers = [
    ...[['x-a', '1'] as const, ['x-a', '2'] as const, ['x-b', '3'] as const, ['X-B', '4'] as const],
    ...[['set-cookie', 'a=1'] as const, ['set-cookie', 'b=2'] as const],
    ...[['content-disposition', file] as const, ['content-length', '99'] as const],
  ];
  open(() => Promise.resolve({ response: { status: 200, headers, body: 'ü' } }));
  const answer = await fetch(url);
  const { headers: sent } = answer;
  expect([sent.get('x-a'), sent.get('x-b'), sent.getSetCookie()]).toEqual(['1, 2', '4', ['a=1', 'b=2']]);
  expect([sent.get('content-disposition'), sent.get('content-length'), await answer.text()]).toEqual([file, '2', 'ü']);
});
