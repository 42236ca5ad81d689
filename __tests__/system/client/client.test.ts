/** A typed client of openapi-fetch calls every route of an API in the local run. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import createClient, { type Client } from 'openapi-fetch';
import { orders } from '../../support/contract/http-orders';
import { JITI, type LocalRun, startLocalRun } from '../../support/local-run';
import { copyProject, type ProjectCopy } from '../../support/project-copy';
import type { paths } from './orders';

const CUSTOMER = '01930000-0000-7000-8000-0000000000c1';
const ORDERS = '/customers/{customerId}/orders';
const ORDER = '/customers/{customerId}/orders/{orderId}';
const LINE = { sku: 'TEA-250', quantity: 2, price: 4.99 };

let project: ProjectCopy;
let run: LocalRun;
let client: Client<paths>;

beforeAll(async () => {
  project = copyProject();
  const folder = path.join(project.root, 'function/orders');
  mkdirSync(folder);
  const contract = `import { defineApi } from '../contract/api';\nexport const orders = defineApi(${JSON.stringify(orders)});\n`;
  writeFileSync(path.join(folder, 'contract.ts'), contract);
  project.overwrite(
    'main.ts',
    "import { orders } from './function/orders/contract';\nimport { runApis } from './stacks/run-apis';\nrunApis([orders]);\n",
  );
  run = await startLocalRun({ root: project.root });
  client = createClient<paths>({ baseUrl: run.outputs['orders']?.['url'] as string });
}, 120_000);

afterAll(async () => {
  await run.stop();
  rmSync(project.root, { recursive: true });
});

test('npm run client writes the committed types', () => {
  const args = [JITI, 'scripts/client.ts', 'orders', '--output', 'client'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project.root, encoding: 'utf8' });
  expect({ status, stdout, stderr: status === 0 ? '' : stderr }).toEqual({
    status: 0,
    stdout: 'orders  client/orders.ts\n',
    stderr: '',
  });
  const committed = readFileSync(path.join(__dirname, 'orders.ts'), 'utf8');
  expect(committed).toBe(readFileSync(path.join(project.root, 'client/orders.ts'), 'utf8'));
}, 60_000);

async function createOrder(key?: string) {
  const { data, error, response } = await client.POST(ORDERS, {
    params: { path: { customerId: CUSTOMER }, header: key === undefined ? {} : { 'Idempotency-Key': key } },
    body: { lines: [LINE] },
  });
  if (!data) throw new Error(JSON.stringify(error));
  return { order: data, response, etag: response.headers.get('etag') ?? '' };
}

const pathOf = ({ orderId }: { orderId: string }) => ({ customerId: CUSTOMER, orderId });

test('creates an order, and gets it with its defaults', async () => {
  const { order, response, etag } = await createOrder();
  expect(response.status).toBe(201);
  expect(order).toMatchObject({ customerId: CUSTOMER, status: 'open', version: 1, lines: [{ ...LINE, gift: false }] });
  expect(response.headers.get('location')).toBe(`/customers/${CUSTOMER}/orders/${order.orderId}`);
  expect(etag).toMatch(/^"1-/);
});

test('creates one order for one Idempotency-Key', async () => {
  const [first, replay] = [await createOrder('key-1'), await createOrder('key-1')];
  expect(replay.order).toEqual(first.order);
  expect(replay.response.headers.get('idempotent-replayed')).toBe('true');
});

test('reads an order, and gets 304 with its ETag', async () => {
  const { order, etag } = await createOrder();
  const params = { path: pathOf(order) };
  expect((await client.GET(ORDER, { params })).data).toEqual(order);
  const { response } = await client.GET(ORDER, { params: { ...params, header: { 'If-None-Match': etag } } });
  expect(response.status).toBe(304);
});

test('replaces an order', async () => {
  const { order } = await createOrder();
  const { data } = await client.PUT(ORDER, {
    params: { path: pathOf(order) },
    body: { status: 'paid', lines: [{ ...LINE, gift: true }] },
  });
  expect(data).toMatchObject({ version: 2, status: 'paid', lines: [{ gift: true }] });
});

test('updates an order with its ETag, and gets 412 with an old ETag', async () => {
  const { order, etag } = await createOrder();
  const params = { path: pathOf(order), header: { 'If-Match': etag } };
  const body = { note: 'Ring twice', status: null };
  const { data } = await client.PATCH(ORDER, { params, body });
  expect(data).toMatchObject({ note: 'Ring twice', status: 'open' });
  const { error, response } = await client.PATCH(ORDER, { params, body });
  expect(response.status).toBe(412);
  expect(error).toMatchObject({ title: 'Precondition Failed' });
});

test('deletes an order', async () => {
  const { order } = await createOrder();
  const params = { path: pathOf(order) };
  expect((await client.DELETE(ORDER, { params })).response.status).toBe(204);
  expect((await client.GET(ORDER, { params })).response.status).toBe(404);
});

test('lists orders page by page', async () => {
  await createOrder();
  await createOrder();
  const params = { path: { customerId: CUSTOMER }, query: { limit: 1, order: 'asc' as const } };
  const { data: first } = await client.GET(ORDERS, { params });
  expect(first?.items).toHaveLength(1);
  const query = { ...params.query, ...(first?.cursor !== undefined && { cursor: first.cursor }) };
  const { data: second } = await client.GET(ORDERS, { params: { ...params, query } });
  expect(second?.items[0]?.orderId).not.toBe(first?.items[0]?.orderId);
});

test('lists orders by an index, with bounds on the time', async () => {
  const { order } = await createOrder();
  const list = async (createdAt: { gte?: string; lt?: string }) => {
    const { data } = await client.GET('/orders', { params: { query: { status: 'open', createdAt } } });
    return data?.items.map(({ orderId }) => orderId);
  };
  expect(await list({ gte: order.createdAt })).toContain(order.orderId);
  expect(await list({ lt: order.createdAt })).not.toContain(order.orderId);
});

test('gets a problem with all faults', async () => {
  const { error } = await client.POST(ORDERS, {
    params: { path: { customerId: CUSTOMER } },
    body: { lines: [{ ...LINE, quantity: 0, price: 0.001 }] },
  });
  expect(error).toMatchObject({ status: 400, errors: [{ path: 'lines[0].quantity' }, { path: 'lines[0].price' }] });
});

test('the console serves the document with the URL of the local run', async () => {
  const [consoleUrl = ''] = /http:\/\/\S+/.exec(await run.prints(/^console\n\s*http.*/m)) ?? [];
  const answer = await fetch(new URL('/openapi/orders.json', consoleUrl));
  const { openapi, servers } = (await answer.json()) as { openapi: string; servers: unknown };
  expect({ openapi, servers }).toEqual({ openapi: '3.1.0', servers: [{ url: run.outputs['orders']?.['url'] }] });
});
