/** The functions of a deployed stack, from its state. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { liveFunctions } from '../../../scripts/versions/live-functions';
import { readSettings } from '../../../stacks/settings';

const alias = (name: string, attributes: object) => ({
  mode: 'managed',
  type: 'aws_lambda_alias',
  name,
  instances: [{ attributes: { name: 'live', ...attributes } }],
});
const INVOKE_ARN =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:orders-gate:live/invocations';
const STATE = {
  resources: [
    alias('gate', { function_name: 'orders-gate' }),
    alias('put', { function_name: 'orders-put' }),
    alias('get', { function_name: 'arn:aws:lambda:us-east-1:111122223333:function:orders-get' }),
    alias('beta', { function_name: 'orders-get', name: 'beta' }),
    {
      mode: 'managed',
      type: 'aws_codedeploy_deployment_group',
      name: 'put',
      instances: [{ attributes: { app_name: 'orders-api', deployment_group_name: 'orders-put' } }],
    },
    ...['aws_api_gateway_authorizer', 'aws_apigatewayv2_authorizer'].map((type, at) => ({
      mode: 'managed',
      type,
      name: 'gate',
      instances: [{ attributes: { authorizer_uri: at === 0 ? INVOKE_ARN : undefined } }],
    })),
    { mode: 'managed', type: 'aws_lambda_function', name: 'x', instances: [{ attributes: { function_name: 'x' } }] },
  ],
};
const FUNCTIONS = [
  { address: 'aws_lambda_alias.gate', functionName: 'orders-gate', isAuthorizer: true },
  { address: 'aws_lambda_alias.get', functionName: 'orders-get' },
  { address: 'aws_lambda_alias.put', functionName: 'orders-put', application: 'orders-api' },
];

let folder: string;

beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'states-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const inBucket = (objects: Readonly<Record<string, string>>, stack = 'orders') =>
  liveFunctions(
    stack,
    readSettings({ stateBucket: 'states', namePrefix: 'acme', environment: 'staging' }, {}),
    { read: (key) => Promise.resolve(objects[key]) },
    folder,
  );
const inFile = (stack: string) =>
  liveFunctions(stack, readSettings({}, {}), { read: () => Promise.reject(new Error('no bucket')) }, folder);

test('are found in the state in the bucket', async () => {
  expect(await inBucket({ 'acme/staging/orders/terraform.tfstate': JSON.stringify(STATE) })).toEqual(FUNCTIONS);
});

test('are found in a local state', async () => {
  writeFileSync(path.join(folder, 'terraform.orders.tfstate'), JSON.stringify(STATE));
  expect(await inFile('orders')).toEqual(FUNCTIONS);
});

test('a stack without a state is reported with the place', async () => {
  await expect(inBucket({}, 'itemz')).rejects.toThrow(
    'The stack itemz is not deployed: there is no s3://states/acme/staging/itemz/terraform.tfstate. Check its name, and the ' +
      'settings that make this place: stateBucket, region, namePrefix and environment.',
  );
  await expect(inFile('itemz')).rejects.toThrow('there is no terraform.itemz.tfstate');
});

test('a stack without the alias is reported with what to do', async () => {
  writeFileSync(path.join(folder, 'terraform.old.tfstate'), JSON.stringify({ resources: [] }));
  await expect(inFile('old')).rejects.toThrow(
    'has no function with the alias live in terraform.old.tfstate. Run npm run deploy',
  );
});
