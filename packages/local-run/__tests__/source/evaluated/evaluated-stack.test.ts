/** Reads configurations that Terraform evaluated into the model. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Deployment } from '../../../src/model/deployment';
import type { EvaluatedResource } from '../../../src/source/terraform/evaluated-resource';
import {
  API_URL,
  changed,
  configurationOf,
  deployEvaluated,
  evaluatedPets,
  LOCAL_URL,
  resourceOf,
} from '../../support/evaluated-pets';

const FUNCTION = 'module.api.aws_lambda_function.this["pets"]';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'evaluated-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const deploy = (resources: readonly EvaluatedResource[], outputs = {}) =>
  deployEvaluated(folder, configurationOf(resources, { outputs }));

/** The route keys that answer 501, each with the addresses of the causes. */
const refusedRoutes = ({ apis }: Deployment) =>
  Object.fromEntries(
    apis.flatMap(({ routes }) =>
      routes.flatMap(({ routeKey, notSimulated }) =>
        notSimulated ? [[routeKey, notSimulated.map(({ address }) => address)]] : [],
      ),
    ),
  );

test('reads resources in modules and with index keys', () => {
  const { apis, functions, tables, roles, inert, notSimulated } = deploy(evaluatedPets());
  expect(apis).toMatchObject([
    {
      name: 'pets-api',
      id: 'abcdef1234',
      routes: [
        { routeKey: 'GET /pets', permitted: true },
        { routeKey: 'GET /health', permitted: true },
      ],
    },
  ]);
  expect(functions.map(({ name, region, roleArn }) => [name, region, roleArn])).toEqual([
    ['pets', 'eu-west-1', 'arn:aws:iam::111122223333:role/service/pets'],
    ['health', 'eu-west-1', 'arn:aws:iam::111122223333:role/service/health'],
  ]);
  expect(functions[0]).toMatchObject({ archive: path.join(folder, 'archive.zip'), timeoutMs: 3000 });
  expect(roles.map(({ name }) => name)).toEqual(['pets', 'health']);
  expect(tables.map(({ arn }) => arn)).toEqual(['arn:aws:dynamodb:eu-west-1:111122223333:table/pets']);
  expect({ inert, notSimulated }).toEqual({ inert: [], notSimulated: [] });
});

test('ignores blocks that only the provider sets', () => {
  const [api] = deploy(evaluatedPets()).apis;
  expect(api?.throttle).toEqual({ rate: 10_000, burst: 5_000 });
});

test('replaces the URLs of APIs in outputs and environment variables', () => {
  const { outputs, functions } = deploy(evaluatedPets(), {
    url: API_URL,
    routes: [`${API_URL}/prod/pets`],
    host: API_URL.slice('https://'.length),
    socket: API_URL.replace('https', 'wss'),
    other: API_URL.replace('abcdef1234', 'xabcdef1234'),
  });
  expect(outputs).toEqual({
    url: LOCAL_URL,
    routes: [`${LOCAL_URL}/prod/pets`],
    host: '127.0.0.1:3000',
    socket: API_URL.replace('https', 'wss'),
    other: API_URL.replace('abcdef1234', 'xabcdef1234'),
  });
  expect(functions[0]?.environment).toEqual({ TABLE: 'pets', SELF: `${LOCAL_URL}/prod`, EMPTY: '' });
});

test.each([
  ['function', FUNCTION, { something_new: 'x' }],
  ['role', 'module.api.aws_iam_role.this["pets"]', { something_new: 'x' }],
  ['integration', 'module.api.aws_apigatewayv2_integration.this["pets"]', { connection_id: 'link' }],
  ['route', 'module.api.aws_apigatewayv2_route.this["pets"]', { api_key_required: true }],
  ['permission', 'module.api.aws_lambda_permission.this["pets"]', { something_new: 'x' }],
])('a fault of a %s reaches only the routes that depend on it', (_name, address, attributes) => {
  expect(refusedRoutes(deploy(changed(evaluatedPets(), address, attributes)))).toEqual({ 'GET /pets': [address] });
});

test.each([{ tls_config: [] }, { tls_config: false }, { tls_config: '' }, { connection_type: [] }])(
  '%j leaves a feature off',
  (attributes) => {
    const address = 'module.api.aws_apigatewayv2_integration.this["pets"]';
    expect(refusedRoutes(deploy(changed(evaluatedPets(), address, attributes)))).toEqual({});
  },
);

test('a resource of an unknown type is left out if nothing refers to it', () => {
  const thing = resourceOf('aws_thing.this', { name: 'thing' }, { id: 'thing-0123456789' });
  const { inert, notSimulated } = deploy([...evaluatedPets(), thing]);
  expect({ inert, notSimulated }).toEqual({ inert: ['1 aws_thing'], notSimulated: [] });
});

test('a route answers 501 if its function gets a value of a resource of an unknown type', () => {
  const thing = resourceOf('aws_thing.this[0]', { name: 'thing' }, { endpoint: 'thing-0123456789.example.com' });
  const resources = changed(evaluatedPets(), FUNCTION, {
    environment: [{ variables: { THING: 'https://thing-0123456789.example.com/x' } }],
  }).map((resource) =>
    resource.address === FUNCTION
      ? { ...resource, dependencies: [...resource.dependencies, 'aws_thing.this'] }
      : resource,
  );
  const deployment = deploy([...resources, thing]);
  expect(refusedRoutes(deployment)).toEqual({ 'GET /pets': ['aws_thing.this[0]'] });
  expect(deployment.inert).toEqual([]);
});

/** The pets with a role policy, and with a variable of the function, that contain a value of another resource. */
function petsWith(address: string, value: string): readonly EvaluatedResource[] {
  const role = 'module.api.aws_iam_role.this["pets"]';
  const policy = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'other:*', Resource: value } });
  return [
    ...changed(evaluatedPets(), FUNCTION, { environment: [{ variables: { OTHER: value } }] }).map((resource) =>
      resource.address === FUNCTION ? { ...resource, dependencies: [...resource.dependencies, address] } : resource,
    ),
    resourceOf('aws_iam_role_policy.other', { role: 'pets', policy }, {}, [address, role.replace('["pets"]', '')]),
  ];
}

test('a function gets the values of resources that never decide about a response', () => {
  const queue = resourceOf(
    'aws_sqs_queue.jobs',
    { name: 'jobs' },
    { url: 'https://sqs.eu-west-1.amazonaws.com/1/jobs' },
  );
  const deployment = deploy([...petsWith('aws_sqs_queue.jobs', String(queue.values['url'])), queue]);
  expect(refusedRoutes(deployment)).toEqual({});
  expect(deployment.inert).toEqual(['1 queue']);
  expect(deployment.functions[0]?.environment).toEqual({ OTHER: queue.values['url'] });
});

test('a route answers 501 if its function gets a value that only AWS knows', () => {
  const parameter = resourceOf('data.aws_ssm_parameter.key', { name: 'key' }, { value: 'made up by a stand-in' });
  const resources = [...petsWith('data.aws_ssm_parameter.key', 'made up by a stand-in'), parameter];
  expect(refusedRoutes(deploy(resources))).toEqual({ 'GET /pets': ['data.aws_ssm_parameter.key'] });
});

test('policies may name resources of an unknown type of other services', () => {
  const thing = resourceOf('aws_thing.this', { name: 'thing' }, { arn: 'arn:aws:thing:eu-west-1:1:this' });
  const [policy] = petsWith('aws_thing.this', String(thing.values['arn'])).slice(-1);
  const { inert, notSimulated } = deploy([...evaluatedPets(), thing, ...(policy ? [policy] : [])]);
  expect({ inert, notSimulated }).toEqual({ inert: ['1 aws_thing'], notSimulated: [] });
});

test('a resource of an unknown type that changes an API stops the routes of the API', () => {
  const policy = resourceOf('aws_apigatewayv2_policy.this', { api: 'abcdef1234' }, {}, [
    'module.api.aws_apigatewayv2_api.this',
  ]);
  expect(refusedRoutes(deploy([...evaluatedPets(), policy]))).toEqual({
    'GET /pets': ['aws_apigatewayv2_policy.this'],
    'GET /health': ['aws_apigatewayv2_policy.this'],
  });
});

test('resources that only compute values are not listed', () => {
  const random = resourceOf('random_pet.this', {}, { id: 'cat' });
  const triggered = resourceOf('null_resource.this', {}, { id: '1' });
  const document = resourceOf('data.aws_iam_policy_document.this', {}, { json: '{}' });
  const alarm = resourceOf('aws_cloudwatch_metric_alarm.this[0]', {}, { id: 'alarm' });
  expect(deploy([...evaluatedPets(), random, triggered, document, alarm]).inert).toEqual(['1 alarm']);
});

test('reads function URLs, layers and code from S3, with the local URL in the outputs', () => {
  const layerArn = 'arn:aws:lambda:eu-west-1:111122223333:layer:shared:1';
  const awsUrl = 'https://abcdefabcdefabcdefabcdefabcdefab.lambda-url.eu-west-1.on.aws/';
  const resources = [
    ...changed(evaluatedPets(), FUNCTION, { filename: '', s3_bucket: 'code', s3_key: 'app.zip', layers: [layerArn] }),
    resourceOf('aws_s3_object.code', { bucket: 'code', key: 'app.zip', source: './out/code.zip' }, { id: 'app.zip' }),
    resourceOf(
      'aws_lambda_layer_version.shared',
      { layer_name: 'shared', filename: 'out/code.zip' },
      { arn: layerArn },
    ),
    resourceOf(
      'aws_lambda_function_url.pets',
      { function_name: 'pets', authorization_type: 'NONE', cors: [] },
      { id: 'pets', url_id: 'abcdefabcdefabcdefabcdefabcdefab', function_url: awsUrl, invoke_mode: 'BUFFERED' },
    ),
  ];
  const { apis, functions, outputs, notSimulated } = deploy(resources, { url: awsUrl });
  expect(notSimulated).toEqual([]);
  expect(outputs).toEqual({ url: `${LOCAL_URL}/` });
  const archive = path.join(folder, 'archive.zip');
  expect(functions[0]).toMatchObject({ name: 'pets', archive, layers: [{ archive }] });
  expect(apis).toContainEqual(
    expect.objectContaining({
      kind: 'function-url',
      name: 'pets',
      routes: [expect.objectContaining({ routeKey: '$default', functionArn: functions[0]?.arn })],
    }),
  );
});

test.each([
  ['data.aws_ssm_parameter.this', { 'GET /pets': ['data.aws_ssm_parameter.this'] }],
  ['data.aws_sqs_queue.this', {}],
  ['data.aws_availability_zones.this', {}],
  ['aws_sqs_queue.this', {}],
])('a function that gets a value of %s', (address, refused) => {
  const source = resourceOf(address, { name: 'jobs' }, { value: 'value-0123456789' });
  const resources = changed(evaluatedPets(), FUNCTION, {
    environment: [{ variables: { VALUE: 'value-0123456789' } }],
  }).map((resource) => (resource.address === FUNCTION ? { ...resource, dependencies: [address] } : resource));
  expect(refusedRoutes(deploy([...resources, source]))).toEqual(refused);
});
