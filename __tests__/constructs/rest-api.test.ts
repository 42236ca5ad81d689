/** The construct RestApi, without a contract. */
import { App, Testing } from 'cdktf';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AwsStack } from '../../constructs/aws-stack';
import { FunctionCode } from '../../constructs/function-code';
import { NodejsFunction } from '../../constructs/nodejs-function';
import { RestApi, type RestApiRoute } from '../../constructs/rest-api';
import { BUNDLE, type Synthesized } from '../support/synth';

describe('the deployment of a REST API', () => {
  function triggerOf(routes: readonly Omit<RestApiRoute, 'function'>[], options: { functionName?: string } = {}) {
    const app = Testing.app();
    const stack = new AwsStack(app, 'orders', { region: 'us-east-1', tags: {} });
    const target = new NodejsFunction(stack, 'function', {
      name: options.functionName ?? 'orders',
      roleName: 'orders-role',
      code: new FunctionCode(stack, 'code', { bundle: BUNDLE }),
      service: 'orders',
      memoryMb: 128,
      timeoutSeconds: 6,
      logLevel: 'INFO',
      logRetentionDays: 1,
    });
    new RestApi(stack, 'api', {
      name: 'orders',
      stage: 'prod',
      routes: routes.map((route) => ({ ...route, function: target })),
      throttleRate: 1,
      throttleBurst: 1,
      logRetentionDays: 1,
    });
    app.synth();
    const file = path.join(App.of(app).outdir, 'stacks/orders/cdk.tf.json');
    const { resource } = JSON.parse(readFileSync(file, 'utf8')) as Pick<Synthesized, 'resource'>;
    const { triggers, lifecycle, depends_on: dependsOn } = resource['aws_api_gateway_deployment']?.['api'];
    expect(lifecycle).toEqual({ create_before_destroy: true });
    return { trigger: triggers.redeployment as string, dependsOn: dependsOn as string[], resource };
  }

  const get = { method: 'GET', path: '/orders' };
  const proxy = { method: 'ANY', path: '/orders/{proxy+}' };

  test('a changed route, method, path, schema, API key or function triggers a new deployment', () => {
    const triggers = [
      triggerOf([get]),
      triggerOf([get, proxy]),
      triggerOf([{ ...get, method: 'PUT' }]),
      triggerOf([{ ...get, path: '/order' }]),
      triggerOf([{ ...get, bodySchema: { type: 'object' } }]),
      triggerOf([{ ...get, auth: 'apiKey' }]),
      triggerOf([{ ...get, auth: 'iam' }]),
      triggerOf([get], { functionName: 'other' }),
    ].map(({ trigger }) => trigger);
    expect(new Set(triggers).size).toBe(triggers.length);
    expect(triggerOf([get]).trigger).toBe(triggers[0]);
  });

  test('refuses two paths with the same Terraform name', () => {
    expect(() =>
      triggerOf([
        { method: 'GET', path: '/orders/{id}' },
        { method: 'PUT', path: '/orders/id' },
      ]),
    ).toThrow('The paths /orders/{id} and /orders/id both have the Terraform name orders_id');
  });

  test('depends on all methods and integrations, even for ANY on a greedy path', () => {
    const { dependsOn, resource } = triggerOf([get, proxy]);
    expect(dependsOn.sort()).toEqual([
      'aws_api_gateway_integration.any_orders_proxy',
      'aws_api_gateway_integration.get_orders',
      'aws_api_gateway_method.any_orders_proxy',
      'aws_api_gateway_method.get_orders',
    ]);
    expect(resource['aws_api_gateway_resource']?.['orders_proxy']).toMatchObject({ path_part: '{proxy+}' });
    expect(resource['aws_lambda_permission']?.['live_any_orders_proxy'].source_arn).toMatch(/\/\*\/\*\/orders\/\*$/);
  });
});
