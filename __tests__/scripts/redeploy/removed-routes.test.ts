/** Plans that delete routes of REST APIs: which deployments npm run deploy replaces after the apply. */
import { createReviewKey, summarize } from 'plan-review';
import { announcementMarkdown, announcementText, staleDeploymentsOf } from '../../../scripts/redeploy/removed-routes';

const API = { rest_api_id: 'abc123' };

const change = (address: string, actions: readonly string[], before: object | null, after: object | null) => ({
  address,
  type: address.split('.')[0] ?? '',
  change: { actions, before, after },
});

const deployment = change('aws_api_gateway_deployment.api', ['create', 'delete'], API, API);
const method = (name: string, ...actions: string[]) => change(`aws_api_gateway_method.${name}`, actions, API, API);
const removed = (address: string) => change(address, ['delete'], API, null);

const find = (...resources: ReturnType<typeof change>[]) =>
  staleDeploymentsOf('products', { resource_changes: resources });
const stale = (...resources: ReturnType<typeof change>[]) =>
  find(...resources).map((found) => [found.address, ...found.removed]);

test.each([
  'aws_api_gateway_method.delete_product_id',
  'aws_api_gateway_method_response.options_product',
  'aws_api_gateway_integration.delete_product_id',
  'aws_api_gateway_integration_response.options_product',
  'aws_api_gateway_gateway_response.cors',
])('a plan that deletes %s needs another deployment after the apply', (address) => {
  expect(stale(deployment, removed(address))).toEqual([['aws_api_gateway_deployment.api', address]]);
});

test('so does a plan that replaces a method, in either order, even when its deployment stays', () => {
  const unchanged = change('aws_api_gateway_deployment.api', ['no-op'], API, API);
  expect(stale(unchanged, method('get', 'create', 'delete'))).toHaveLength(1);
  expect(stale(unchanged, method('get', 'delete', 'create'))).toHaveLength(1);
});

test.each([
  ['adds, changes and keeps methods', [deployment, method('a', 'create'), method('b', 'update'), method('c', 'no-op')]],
  ['deletes the permission of a route only', [deployment, removed('aws_lambda_permission.get')]],
  ['deletes the whole API', [change(deployment.address, ['delete'], API, null), removed('aws_api_gateway_method.get')]],
  [
    // The id of the new API is unknown, so `after` lacks it.
    'replaces the whole API',
    [
      change(deployment.address, ['create', 'delete'], API, {}),
      change('aws_api_gateway_method.get', ['create', 'delete'], API, {}),
    ],
  ],
  [
    'deletes a method of another API',
    [deployment, change('aws_api_gateway_method.get', ['delete'], { rest_api_id: 'def456' }, null)],
  ],
])('a plan that %s needs none', (_, resources) => {
  expect(stale(...resources)).toEqual([]);
});

test('the stages of the API are named, and not those of other APIs', () => {
  const stage = (name: string, api: object) =>
    change(`aws_api_gateway_stage.${name}`, ['update'], api, { ...api, stage_name: name });
  const stages = [stage('prod', API), stage('beta', API), stage('other', { rest_api_id: 'def456' })];
  expect(find(deployment, removed('aws_api_gateway_method.get'), ...stages)).toEqual([
    expect.objectContaining({ restApiId: 'abc123', stages: ['prod', 'beta'] }),
  ]);
});

describe('the announcement', () => {
  const deployments = find(
    deployment,
    ...['a', 'b', 'c', 'd', 'e'].map((name) => removed(`aws_api_gateway_method.${name}`)),
  );

  test('names the deployment and the first deleted resources', () => {
    expect(announcementText(deployments)).toBe(
      'products: after the apply, npm run deploy replaces aws_api_gateway_deployment.api, because the plan deletes ' +
        'aws_api_gateway_method.a, aws_api_gateway_method.b, aws_api_gateway_method.c, 2 more. Until then, a removed route ' +
        'answers 500.\n',
    );
    expect(announcementText([])).toBe('');
  });

  test.each([
    ['a replaced method', method('get', 'delete', 'create')],
    ['a deleted integration', removed('aws_api_gateway_integration.get')],
    ['a deleted gateway response', removed('aws_api_gateway_gateway_response.cors')],
  ])('does not speak of removed routes for %s', (_, resource) => {
    expect(announcementText(find(deployment, resource))).toMatch(
      /because the plan deletes or replaces aws_api_gateway_\S+\. Until then, the stage serves their old settings\.\n$/,
    );
  });

  test('names the routes that an earlier apply left', () => {
    const found = {
      ...{ stack: 'products', address: 'aws_api_gateway_deployment.api', restApiId: 'abc123', stages: ['prod'] },
      ...{ cause: 'earlier apply' as const, removed: ['DELETE /product/{id}'], breaksRoutes: true },
    };
    expect(announcementText([found])).toBe(
      'products: the stage prod still serves DELETE /product/{id}, which the API no longer has: callers get a 500. npm run deploy ' +
        'replaces aws_api_gateway_deployment.api.\n',
    );
    const first = announcementMarkdown([found]);
    expect(() => summarize([], { first, key: createReviewKey('a'.repeat(64)) })).not.toThrow();
  });

  test('is text that a summary accepts before the plans, however many and long the names are', () => {
    const long = {
      ...{ stack: 'x', address: `aws_api_gateway_deployment.${'_'.repeat(900)}`, restApiId: 'abc123', stages: [] },
      ...{ cause: 'plan' as const, removed: ['y'], breaksRoutes: true },
    };
    const first = announcementMarkdown(Array.from({ length: 60 }, () => long));
    expect(first).toContain('55 more');
    expect(() => summarize([], { first, key: createReviewKey('a'.repeat(64)) })).not.toThrow();
    expect(announcementMarkdown([])).toBe('');
  });
});
