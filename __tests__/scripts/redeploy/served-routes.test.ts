/** The differences between a stage and its API, from an HTTP server that answers as API Gateway does. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServedRoutes } from '../../../scripts/redeploy/served-routes';

/** Resources on one page. It is small, so lists have several pages. */
const PAGE = 2;
const environment = { ...process.env };
let server: http.Server;
let served: Record<string, Record<string, object>> | undefined;
let resources: { path: string; resourceMethods?: Record<string, object> }[];
let queries: string[];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://apigateway');
    queries.push(`${pathname}?${searchParams.get('embed') ?? ''}`);
    const answer = answerTo(pathname, Number(searchParams.get('position') ?? 0));
    response.writeHead(answer ? 200 : 403, answer ? {} : { 'x-amzn-errortype': 'AccessDeniedException' });
    response.end(JSON.stringify(answer ?? { message: 'User is not authorized' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
});

afterAll(() => {
  server.close();
  process.env = environment;
});

beforeEach(() => {
  queries = [];
  served = { '/product': { GET: {}, POST: {} }, '/product/{id}': { GET: {} }, '/proxy': { ANY: {} } };
  resources = [
    { path: '/' },
    { path: '/product', resourceMethods: { GET: {}, POST: {} } },
    { path: '/product/{id}', resourceMethods: { GET: {} } },
    { path: '/proxy', resourceMethods: { ANY: {} } },
  ];
});

function answerTo(pathname: string, position: number): object | undefined {
  if (pathname === '/restapis/abc/stages/prod') return { stageName: 'prod', deploymentId: 'dep1' };
  if (pathname === '/restapis/abc/deployments/dep1') return { id: 'dep1', ...(served && { apiSummary: served }) };
  if (pathname !== '/restapis/abc/resources') return undefined;
  const next = position + PAGE;
  return {
    item: resources.slice(position, next),
    ...(next < resources.length && { position: String(next) }),
  };
}

const compare = () => new ServedRoutes('us-east-1').compare('abc', 'prod');

test('a stage that serves the routes of its API has no difference', async () => {
  expect(await compare()).toEqual({ removed: [], unpublished: [] });
  expect(queries).toContain('/restapis/abc/deployments/dep1?apisummary');
  expect(queries).toContain('/restapis/abc/resources?methods');
});

test('removed methods and removed paths are found, on all pages', async () => {
  resources = [{ path: '/' }, { path: '/product', resourceMethods: { GET: {} } }, { path: '/a' }, { path: '/proxy' }];
  expect(await compare()).toEqual({ removed: ['ANY /proxy', 'GET /product/{id}', 'POST /product'], unpublished: [] });
});

test('a method is not removed when the API has ANY for its path', async () => {
  served = { ...served, '/proxy': { GET: {}, ANY: {} } };
  expect((await compare()).removed).toEqual([]);
});

test('routes that the stage does not serve are found', async () => {
  resources = [...resources, { path: '/admin', resourceMethods: { POST: {}, GET: {} } }];
  expect(await compare()).toEqual({ removed: [], unpublished: ['GET /admin', 'POST /admin'] });
});

test('a served method ANY does not hide a new method of the path', async () => {
  served = { ...served, '/proxy': { ANY: {} } };
  resources = resources.filter(({ path }) => path !== '/proxy');
  resources.push({ path: '/proxy', resourceMethods: { ANY: {}, DELETE: {} } });
  expect(await compare()).toEqual({ removed: [], unpublished: ['DELETE /proxy'] });
});

test('a deployment without a list of its routes is an error, because removed routes would pass unnoticed', async () => {
  served = undefined;
  await expect(compare()).rejects.toThrow(
    /^Cannot compare the stage prod with its REST API abc: .*dep1 has no summary/,
  );
});

test('a refused request is reported with its stage, and with the permission', async () => {
  await expect(new ServedRoutes('us-east-1').compare('other', 'prod')).rejects.toThrow(
    /^Cannot compare the stage prod with its REST API other: AccessDenied.*need apigateway:GET on the API/,
  );
});
