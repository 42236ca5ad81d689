/** The console of a running `npm start`: the routes, requests and items that it shows, and the requests that it sends. */
import { items } from '../../function/items/contract';
import { manager } from '../../function/manager/contract';
import { products } from '../../function/products/contract';
import { type Answer, send } from '../support/http';
import { type LocalRun, startLocalRun } from '../support/local-run';

interface Route {
  readonly stack: string;
  readonly api: string;
  readonly method: string;
  readonly path: string;
  readonly example: {
    readonly method: string;
    readonly path: string;
    readonly pathParameters: Readonly<Record<string, string>>;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

let run: LocalRun;
let consoleUrl: string;

beforeAll(async () => {
  run = await startLocalRun();
  const [, url = ''] = /console\n +(http:\S+)/.exec(run.printed()) ?? [];
  consoleUrl = url;
});

afterAll(() => run.stop());

const get = (path: string): Promise<Answer> => send(consoleUrl, 'GET', path);

async function routesOf(stack: string): Promise<Route[]> {
  const { stacks } = (await get('/api/stacks')).json as { stacks: { stack: string; routes: Route[] }[] };
  return stacks.find((candidate) => candidate.stack === stack)?.routes ?? [];
}

async function sendExample({ stack, api, example }: Route): Promise<{ readonly status: number }> {
  const { method, headers, body } = example;
  const path = example.path.replace(/\{(\w+)\+?\}/g, (_, name: string) => example.pathParameters[name] ?? '');
  const answer = await send(consoleUrl, 'POST', '/api/send', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ stack, api, method, path, headers, body }),
  });
  expect(answer.status).toBe(200);
  return answer.json as { readonly status: number };
}

test.each([items, manager, products])('each route of $name accepts its example', async ({ name: stack }) => {
  const routes = await routesOf(stack);
  expect(routes.length).toBeGreaterThan(0);
  // The example of DELETE runs last: it removes the item that the other examples use.
  const order = ['PUT', 'POST', 'GET', 'DELETE'];
  const sorted = [...routes].sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
  for (const route of sorted) {
    const { method, path } = route;
    const { status } = await sendExample(route);
    expect({ method, path, status }).toEqual({ method, path, status: 200 });
  }
});

test('lists a request with its DynamoDB calls, log line, event and result', async () => {
  const [route] = (await routesOf(items.name)).filter(({ method }) => method === 'PUT');
  if (!route) throw new Error('The stack items has no route with PUT.');
  await sendExample(route);
  const [last] = (await get('/api/requests')).json.requests;
  expect(last).toMatchObject({
    stack: 'items',
    method: 'PUT',
    status: 200,
    calls: [{ operation: 'PutItem', decision: 'allowed' }],
  });
  const details = (await get(`/api/requests/${last.number}`)).json;
  expect(details).toMatchObject({ event: { routeKey: 'PUT /items' }, result: { statusCode: 200 } });
  const logLine = (details.logs as string[]).find((line) => line.includes('"message":"PUT /items 200"'));
  expect(logLine).toContain(details.invocationId);
});

test('shows an item that a request stored', async () => {
  const table = run.outputs[items.name]?.['table_name'] as string;
  const { items: stored } = (await get(`/api/tables/${table}/items`)).json;
  expect(stored).toContainEqual(expect.objectContaining({ id: { S: 'example-1' } }));
});
