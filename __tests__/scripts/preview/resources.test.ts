/** Resources in the state of a preview, and resources that only pretend to belong to it. */
import { type ApiKind, foreignResources } from '../../../scripts/preview/resources';
import type { Settings } from '../../../stacks/settings';

const settings = { namePrefix: 'acme', environment: 'pr-7', region: 'eu-west-1' } as Settings;
const PREVIEW = { environment: 'pr-7', namePrefix: 'acme' };
/** The tags in AWS, by id. */
const TAGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  preview1: PREVIEW,
  other1: { ...PREVIEW, environment: 'pr-8' },
  foreign1: { ...PREVIEW, namePrefix: 'other' },
  production1: { environment: 'default', namePrefix: 'acme' },
  untagged1: {},
};
const readTags = (_kind: ApiKind, id: string) => Promise.resolve(TAGS[id]);
const check = (type: string, attributes: object) =>
  foreignResources(
    [{ mode: 'managed', type, name: 'x', instances: [{ attributes: { ...attributes } }] }],
    settings,
    readTags,
  );

const role = (name: string) => ({ id: name, name });
const OWN: readonly (readonly [type: string, attributes: object])[] = [
  ['aws_dynamodb_table', role('acme-items-pr-7')],
  ['aws_iam_role', role('acme-http-crud-tutorial-pr-7-role')],
  ['aws_iam_role_policy', { id: 'acme-items-pr-7-role:table', role: 'acme-items-pr-7-role' }],
  ['aws_cloudwatch_log_group', role('/aws/lambda/acme-items-pr-7-function')],
  ['aws_cloudwatch_log_group', role('/aws/vendedlogs/apigateway/acme-items-pr-7-api')],
  ['aws_lambda_function', { id: 'acme-items-pr-7-f', function_name: 'acme-items-pr-7-f' }],
  ['aws_lambda_alias', { function_name: 'arn:aws:lambda:eu-west-1:111122223333:function:acme-items-pr-7-f' }],
  ['aws_apigatewayv2_api', { id: 'preview1' }],
  ['aws_apigatewayv2_route', { id: 'r', api_id: 'preview1' }],
  ['aws_api_gateway_method', { rest_api_id: 'preview1' }],
  ['aws_api_gateway_usage_plan_key', { usage_plan_id: 'preview1', key_id: 'k' }],
  ['aws_api_gateway_rest_api', { id: 'deleted1' }],
  ['terraform_data', {}],
];

test.each(OWN)('accepts %s %j', async (type, attributes) => {
  expect(await check(type, attributes)).toEqual([]);
});

const FOREIGN: readonly (readonly [type: string, attributes: object, reason: string])[] = [
  ['aws_dynamodb_table', role('acme-orders'), 'its id is "acme-orders"'],
  ['aws_dynamodb_table', role('acme-orders-pr-77'), 'its id is "acme-orders-pr-77"'],
  ['aws_dynamodb_table', role('acme-orders-pr-8'), 'its id is'],
  ['aws_dynamodb_table', role('other-orders-pr-7'), 'its id is'],
  ['aws_dynamodb_table', { id: 'acme-orders', name: 'acme-orders-pr-7' }, 'its id is'],
  ['aws_dynamodb_table', { ...role('acme-orders-pr-7'), region: 'us-east-1' }, 'it is in the region us-east-1'],
  ['aws_iam_role', role('acme-cdktf-serverless-crud-deploy-eu-west-1'), 'its id is'],
  ['aws_iam_role_policy', { id: 'acme-x:pr-7', role: 'acme-items-pr-7-role' }, 'its id is'],
  [
    'aws_lambda_alias',
    { function_name: 'arn:aws:lambda:eu-west-1:111122223333:function:acme-items' },
    'its function_name is',
  ],
  ['aws_lambda_permission', {}, 'its function_name is undefined'],
  ['aws_apigatewayv2_api', { id: 'production1' }, 'the api production1 does not have the tags environment = pr-7'],
  ['aws_apigatewayv2_route', { api_id: 'production1', tags: PREVIEW }, 'the api production1 does not have'],
  ['aws_apigatewayv2_route', { api_id: 'other1' }, 'the api other1 does not have'],
  ['aws_api_gateway_rest_api', { id: 'untagged1' }, 'the restApi untagged1 does not have'],
  ['aws_api_gateway_stage', { rest_api_id: 'foreign1' }, 'the restApi foreign1 does not have'],
  ['aws_api_gateway_api_key', { id: 'production1' }, 'the apiKey production1 does not have'],
  ['aws_api_gateway_rest_api', { id: 'a/../b' }, 'its id is "a/../b"'],
  ['aws_apigatewayv2_api_mapping', { api_id: 'preview1', domain_name: 'x' }, 'previews have no resource of this type'],
  ['aws_api_gateway_account', {}, 'previews have no resource of this type'],
  ['aws_s3_bucket', { id: 'acme-x-pr-7' }, 'previews have no resource of this type'],
  ['toString', {}, 'previews have no resource of this type'],
];

test.each(FOREIGN)('refuses %s %j', async (type, attributes, reason) => {
  expect(await check(type, attributes)).toEqual([expect.stringContaining(`${type}.x: ${reason}`) as string]);
});

test('checks each instance, also one without attributes, and no data source', async () => {
  const instances = [{ attributes: role('acme-items-pr-7') }, { attributes: role('acme-items') }, { attributes: null }];
  const resources = [
    { mode: 'managed', type: 'aws_dynamodb_table', name: 'x', instances },
    { mode: 'data', type: 'aws_s3_bucket', name: 'y', instances },
  ];
  expect(await foreignResources(resources, settings, readTags)).toHaveLength(2);
});
