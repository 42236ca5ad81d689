/** The list of outputs and routes at the start, and in the JSON log. */
import type { ApiDeployment, Deployment } from '../../src/model/deployment';
import { deploymentsText } from '../../src/print/deployments';
import { stackRecord } from '../../src/print/json';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:orders-list';

const mock = { requestTemplates: {}, passthrough: 'NEVER' as const, responses: [] };

function restApi(address: string, stage: string): ApiDeployment {
  const route = { functionArn: FUNCTION, timeoutMs: 1, permitted: true, resourceId: 'r', apiKeyRequired: false };
  return {
    ...{ kind: 'rest-api', address, id: 'i', name: 'orders', stage, throttle: { rate: 1, burst: 1 } },
    ...{ deploymentId: 'd', usagePlans: [] },
    routes: [
      { ...route, routeKey: 'GET /orders' },
      { ...route, functionArn: '', routeKey: 'GET /health', mock },
      { ...route, functionArn: '', routeKey: 'OPTIONS /orders', mock },
    ],
  };
}

function deploymentOf(more: Partial<Deployment>): Deployment {
  const functions = [{ arn: FUNCTION, name: 'orders-list' }] as unknown as Deployment['functions'];
  return {
    ...{ stack: 'shop', tables: [], roles: [], inert: [], notSimulated: [], functions },
    ...{ apis: [restApi('a', 'live')], apiUrls: { a: 'http://127.0.0.1:3000' } },
    outputs: { url: 'http://127.0.0.1:3000/live' },
    ...more,
  };
}

test('a route has the path of its requests, with the stage', () => {
  const apis = [restApi('a', 'live'), restApi('a', 'beta')];
  const lines = deploymentsText([deploymentOf({ apis })]).split('\n');
  expect(lines).toContain('  GET  /live/orders  -> orders-list');
  expect(lines).toContain('  GET  /beta/orders  -> orders-list');
});

test('MOCK integrations are listed, except the answers to preflight requests', () => {
  const text = deploymentsText([deploymentOf({})]);
  expect(text).toContain('  GET  /live/health  -> MOCK\n');
  expect(text).not.toContain('OPTIONS');
});

test('each of several APIs has its name and URL above its routes', () => {
  const apis = [restApi('a', 'live'), { ...restApi('b', 'live'), name: 'stock' }];
  const apiUrls = { a: 'http://127.0.0.1:3000', b: 'http://127.0.0.1:3001' };
  const text = deploymentsText([deploymentOf({ apis, apiUrls })]);
  expect(text).toContain('  orders  http://127.0.0.1:3000\n  GET  /live/orders');
  expect(text).toContain('  stock  http://127.0.0.1:3001\n  GET  /live/orders');
});

test('an API whose URL is no output has its name and URL above its routes', () => {
  expect(deploymentsText([deploymentOf({})])).not.toContain('  orders  http');
  const hidden = { sensitiveOutputs: ['url'] };
  for (const more of [{ outputs: {} }, hidden])
    expect(deploymentsText([deploymentOf(more)])).toContain('  orders  http://127.0.0.1:3000\n  GET  /live/orders');
});

test('an output has a row for each of its values, with the expression of Terraform', () => {
  const urls = { live: 'http://127.0.0.1:3000/live', 'x y': 1 };
  const outputs = { urls, names: ['a', { b: true }], empty: { list: [], map: {} }, text: 'two\nlines\u001b[31m' };
  const [stack, ...lines] = deploymentsText([deploymentOf({ outputs })]).split('\n');
  expect([stack, ...lines.slice(0, lines.indexOf(''))]).toEqual([
    'shop',
    '  urls.live    http://127.0.0.1:3000/live',
    '  urls["x y"]  1',
    '  names[0]     a',
    '  names[1].b   true',
    '  empty.list   []',
    '  empty.map    {}',
    '  text         "two\\nlines\\u001b[31m"',
  ]);
});

test('the terminal and the JSON log show <sensitive> in place of sensitive outputs', () => {
  const secret = { outputs: { password: { value: 'open-sesame' } }, sensitiveOutputs: ['password'] };
  const deployment = deploymentOf(secret);
  expect(deploymentsText([deployment])).toMatch(/^ {2}password {2}<sensitive>$/m);
  expect(stackRecord(deployment)).toMatchObject({ outputs: { password: '<sensitive>' } });
});

test('the JSON log has all routes, with their stages', () => {
  const { routes } = stackRecord(deploymentOf({}));
  expect(routes).toEqual(['GET /live/orders', 'GET /live/health', 'OPTIONS /live/orders']);
});
