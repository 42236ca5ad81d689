/** Quotas of API keys, and throttles of single methods. */
import { UsagePlans } from '../../../src/services/api-gateway/rest-api/usage-plans';
import { changedPets, readDeployment, testRefusals } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';

const keys = [
  { id: 'a', value: 'key' },
  { id: 'b', value: 'other' },
];

test('the offset of a quota makes the first period shorter', () => {
  const quota = { limit: 3, offset: 1, period: 'DAY' as const };
  const plans = new UsagePlans([{ name: 'plan', throttle: { rate: 10, burst: 10 }, quota, keys }]);
  const taken = [1, 2, 3].map(() => plans.find('key', 'GET /')?.quota.take());
  expect(taken).toEqual([true, true, false]);
});

describe('a throttle of a method', () => {
  const plans = () =>
    new UsagePlans([
      {
        ...{ name: 'plan', keys, throttle: { rate: 0, burst: 3 }, quota: { limit: 3, period: 'DAY' } },
        methodThrottles: { 'GET /pets': { rate: 0, burst: 1 } },
      },
    ]);

  test('replaces the throttle of the plan for each key', () => {
    const all = plans();
    const take = (key: string, route: string) => all.find(key, route)?.throttle.take();
    expect(['key', 'key', 'other'].map((key) => take(key, 'GET /pets'))).toEqual([true, false, true]);
    expect([1, 2, 3, 4].map(() => take('key', 'PUT /pets'))).toEqual([true, true, true, false]);
  });

  test('shares the quota of the key', () => {
    const all = plans();
    const taken = ['GET /pets', 'PUT /pets', 'GET /pets', 'PUT /pets'].map((route) =>
      all.find('key', route)?.quota.take(),
    );
    expect(taken).toEqual([true, true, true, false]);
  });
});

const addPlan =
  (throttle: object) =>
  ({ resource }: Template) => {
    const api = '${aws_api_gateway_rest_api.rest.id}';
    const mock = { type: 'mock', requestTemplates: {}, responses: {} };
    const methods = { get: { security: [{ key: [] }], 'x-amazon-apigateway-integration': mock } };
    const securitySchemes = { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } };
    const document = {
      ...{ openapi: '3.0.1', components: { securitySchemes } },
      paths: { '/': methods, '/pets/{id}': methods },
    };
    const stage = { api_id: api, stage: 'v1' };
    Object.assign(resource, {
      aws_api_gateway_rest_api: { rest: { name: 'rest', body: JSON.stringify(document) } },
      aws_api_gateway_deployment: { rest: { rest_api_id: api, stage_name: 'v1' } },
      aws_api_gateway_usage_plan: {
        plan: {
          name: 'plan',
          api_stages: [
            { ...stage, throttle },
            { ...stage, stage: 'v2', throttle: { path: '/v2/GET' } },
          ],
        },
      },
    });
  };

test('the throttles of a stage are those of its methods', () => {
  const limits = { rate_limit: 5, burst_limit: 2 };
  const throttles = [
    { path: '/pets/{id}/GET', ...limits },
    { path: '/GET', ...limits },
  ];
  const { apis } = readDeployment(changedPets(addPlan(throttles)));
  const plans = apis.flatMap((api) => (api.kind === 'rest-api' ? api.usagePlans : []));
  const expected = { rate: 5, burst: 2 };
  expect(plans).toMatchObject([{ methodThrottles: { 'GET /pets/{id}': expected, 'GET /': expected } }]);
  expect(Object.keys(plans[0]?.methodThrottles ?? {})).toHaveLength(2);
});

testRefusals([
  [
    'the path of a throttle without a method',
    addPlan({ path: '/pets/{id}', rate_limit: 1, burst_limit: 1 }),
    /usage_plan\.plan: api_stages\.throttle\.path = "\/pets\/\{id\}" must be a path with a method/,
  ],
]);
