/** Routes that a stage still serves, from an HTTP server that answers as API Gateway does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findStaleDeployments } from '../../../scripts/redeploy/redeploy';
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
  served = { '/product': { GET: {}, POST: {} }, '/product/{id}': { GET: {} }, '/proxy': { GET: {} } };
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

const removed = () => new ServedRoutes('us-east-1').removed('abc', 'prod');

test('a stage that serves the routes of its API serves no removed route', async () => {
  expect(await removed()).toEqual([]);
  expect(queries).toContain('/restapis/abc/deployments/dep1?apisummary');
  expect(queries).toContain('/restapis/abc/resources?methods');
});

test('removed methods and removed paths are found, on all pages', async () => {
  resources = [{ path: '/' }, { path: '/product', resourceMethods: { GET: {} } }, { path: '/a' }, { path: '/proxy' }];
  expect(await removed()).toEqual(['GET /product/{id}', 'GET /proxy', 'POST /product']);
});

test('a deployment without a summary serves no removed route', async () => {
  served = undefined;
  expect(await removed()).toEqual([]);
});

test('a refused request is reported with its stage, and with what to do', async () => {
  await expect(new ServedRoutes('us-east-1').removed('other', 'prod')).rejects.toThrow(
    /The stacks are deployed, but the routes of the stage prod of the API other cannot be read: AccessDenied.*repeat npm run deploy/,
  );
});

describe('the deployments that an interrupted deploy left', () => {
  let folder: string;

  beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'redeploy-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const find = (after: object) => {
    const json = path.join(folder, 'plan.json');
    const resource = (address: string, more: object = {}) => ({
      address,
      type: address.split('.')[0],
      change: { actions: ['no-op'], after: { ...after, ...more } },
    });
    const changes = [
      resource('aws_api_gateway_deployment.api'),
      resource('aws_api_gateway_stage.api', { stage_name: 'prod' }),
    ];
    writeFileSync(json, JSON.stringify({ resource_changes: changes }));
    return findStaleDeployments([{ stack: 'products', json, changes: false }], new ServedRoutes('us-east-1'));
  };

  test('are found through the stages of the plan', async () => {
    expect(await find({ rest_api_id: 'abc' })).toEqual([]);
    resources = [{ path: '/product', resourceMethods: { GET: {} } }];
    const routes = ['GET /product/{id}', 'GET /proxy', 'POST /product'];
    expect(await find({ rest_api_id: 'abc' })).toEqual([
      { stack: 'products', address: 'aws_api_gateway_deployment.api', removed: routes },
    ]);
  });

  test('a new API has none, and needs no request', async () => {
    expect(await find({})).toEqual([]);
    expect(queries).toEqual([]);
  });
});
