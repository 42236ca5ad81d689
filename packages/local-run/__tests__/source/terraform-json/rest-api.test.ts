/** The local run refuses REST APIs that API Gateway refuses. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deploymentOf } from '../../../src/source/deployment';
import { DeploymentError } from '../../../src/model/deployment-error';
import { TerraformStack } from '../../../src/source/terraform-json/stack';
import { restApiFixture } from '../../conformance/fixture/rest-api';
import { writeFixture } from '../../conformance/fixture/write';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stack-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const URLS = new Map([['aws_api_gateway_rest_api.main', 'http://127.0.0.1:3000']]);
const API = '${aws_api_gateway_rest_api.main.id}';
const ROOT = '${aws_api_gateway_rest_api.main.root_resource_id}';

/** Reads the fixture's API, with more resources of one type. */
function deploy(type = '', more: Readonly<Record<string, object>> = {}) {
  writeFixture('rest-api', folder);
  const template = restApiFixture();
  const all = { ...template.resource, ...(type !== '' && { [type]: { ...template.resource[type], ...more } }) };
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ ...template, resource: all }));
  return deploymentOf(new TerraformStack('rest', folder), URLS);
}

const below = (parent: string, part: string) => ({ rest_api_id: API, parent_id: parent, path_part: part });

test('reads the fixture', () => {
  expect(deploy().apis[0]?.routes.length).toBeGreaterThan(10);
});

test.each<[string, object, RegExp]>([
  ['a duplicate path', below(ROOT, 'pets'), /aws_api_gateway_resource\.more: its parent has another child "pets"/],
  [
    'two variables side by side',
    below('${aws_api_gateway_resource.pets.id}', '{name}'),
    /aws_api_gateway_resource\.more: "{name}" and "{id}" are variables of the same parent, which may have only one/,
  ],
  [
    'a path below a greedy variable',
    below('${aws_api_gateway_resource.greedy_proxy_greedy.id}', 'more'),
    /aws_api_gateway_resource\.more: its parent "{proxy\+}" must be the end of a path/,
  ],
  ['a slash in a path part', below(ROOT, 'a/b'), /aws_api_gateway_resource\.more: path_part = "a\/b"/],
  [
    'a variable that is not the whole path part',
    below(ROOT, 'a{id}'),
    /aws_api_gateway_resource\.more: path_part = "a{id}"/,
  ],
  [
    'a space in a path part',
    below(ROOT, 'a b'),
    /aws_api_gateway_resource\.more: path_part = "a b" must consist of letters, /,
  ],
])('refuses %s', (_name, resource, message) => {
  const attempt = () => deploy('aws_api_gateway_resource', { more: resource });
  expect(attempt).toThrow(DeploymentError);
  expect(attempt).toThrow(message);
});

test('refuses a duplicate method', () => {
  const twice = restApiFixture().resource['aws_api_gateway_method']?.['GET_pets'] ?? {};
  expect(() => deploy('aws_api_gateway_method', { more: twice })).toThrow(
    /aws_api_gateway_method\.more: API Gateway refuses a second method "GET \/pets"/,
  );
});

test("uses the account's throttle for limits of -1, Terraform's default", () => {
  const all = {
    rest_api_id: API,
    stage_name: '${aws_api_gateway_stage.main.stage_name}',
    method_path: '*/*',
    settings: { throttling_rate_limit: -1, throttling_burst_limit: -1 },
  };
  expect(deploy('aws_api_gateway_method_settings', { all }).apis[0]?.throttle).toEqual({ rate: 10_000, burst: 5_000 });
});

test.each([
  ['~1pets~1{id}/GET', 'GET /pets/{id}'],
  ['pets/GET', 'GET /pets'],
])('settings of the method %s throttle %s alone', (methodPath, routeKey) => {
  const one = {
    rest_api_id: API,
    stage_name: '${aws_api_gateway_stage.main.stage_name}',
    method_path: methodPath,
    settings: { throttling_rate_limit: 3, throttling_burst_limit: 4 },
  };
  const { routes = [] } = deploy('aws_api_gateway_method_settings', { one }).apis[0] ?? {};
  const throttled = routes.filter(({ throttle }) => throttle?.rate === 3);
  expect(throttled.map((route) => [route.routeKey, route.throttle])).toEqual([[routeKey, { rate: 3, burst: 4 }]]);
});

test.each(['v1.0:a,b_c-d', '$batch'])('accepts the path part %s', (part) => {
  expect(() => deploy('aws_api_gateway_resource', { more: below(ROOT, part) })).not.toThrow();
});

test('accepts several permissions without a statement id', () => {
  const [permission = {}] = Object.values(restApiFixture().resource['aws_lambda_permission'] ?? {});
  const unnamed = { ...permission, statement_id: null };
  expect(() => deploy('aws_lambda_permission', { one: unnamed, two: unnamed })).not.toThrow();
});

/** Returns the keys of the routes that answer 501, and the attributes because of which they do. */
function unsimulated(type: string, name: string, changes: object) {
  const current = restApiFixture().resource[type]?.[name] ?? {};
  const [api] = deploy(type, { [name]: { ...current, ...changes } }).apis;
  const routes = (api?.routes ?? []).filter(({ notSimulated }) => notSimulated);
  const attributes = new Set(routes.flatMap((route) => (route.notSimulated ?? []).map(({ attribute }) => attribute)));
  return { routes: routes.map(({ routeKey }) => routeKey), attributes: [...attributes] };
}

test.each<[string, string, object, string, string]>([
  ['aws_api_gateway_method', 'GET_pets', { authorization: 'FEDERATED' }, 'GET /pets', 'authorization'],
  ['aws_api_gateway_integration', 'GET_pets', { type: 'HTTP_PROXY' }, 'GET /pets', 'type'],
  ['aws_api_gateway_integration', 'GET_pets', { credentials: 'arn:aws:iam::1:role/other' }, 'GET /pets', 'credentials'],
  [
    'aws_api_gateway_method_settings',
    'one',
    { settings: { caching_enabled: true } },
    'GET /throttled',
    'settings.caching_enabled',
  ],
  ['aws_api_gateway_api_key', 'open', { enabled: false }, 'GET /key', 'enabled'],
])('%s.%s with %j: only its route answers 501', (type, name, changes, route, attribute) => {
  expect(unsimulated(type, name, changes)).toEqual({ routes: [route], attributes: [attribute] });
});

test('a setting of all methods concerns all routes', () => {
  const settings = { caching_enabled: true };
  const { routes } = unsimulated('aws_api_gateway_method_settings', 'all', { settings });
  expect(routes).toHaveLength(Object.keys(restApiFixture().resource['aws_api_gateway_method'] ?? {}).length);
});

test('a stage with a canary concerns the whole API', () => {
  const canary_settings = { percent_traffic: 10 };
  const [api] = deploy('aws_api_gateway_stage', {
    main: { ...restApiFixture().resource['aws_api_gateway_stage']?.['main'], canary_settings },
  }).apis;
  expect(api?.notSimulated).toEqual([
    expect.objectContaining({ address: 'aws_api_gateway_stage.main', attribute: 'canary_settings' }),
  ]);
});

test('an API occurs once for each stage, with the settings and variables of the stage', () => {
  writeFixture('rest-api', folder);
  const template = restApiFixture();
  const { aws_api_gateway_stage: stages = {}, aws_api_gateway_method_settings: settings = {} } = template.resource;
  const more: Readonly<Record<string, object>> = {
    aws_api_gateway_deployment: {
      ...template.resource['aws_api_gateway_deployment'],
      second: { rest_api_id: API, stage_name: 'second', variables: { table: 'b' } },
    },
    aws_api_gateway_stage: { ...stages, third: { ...stages['main'], stage_name: 'third', variables: { table: 'c' } } },
    aws_api_gateway_method_settings: {
      ...settings,
      third: {
        rest_api_id: API,
        stage_name: '${aws_api_gateway_stage.third.stage_name}',
        method_path: '*/*',
        settings: { throttling_rate_limit: 7, throttling_burst_limit: 8 },
      },
    },
  };
  const resource = { ...template.resource, ...more };
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ ...template, resource }));
  const { apis } = deploymentOf(new TerraformStack('rest', folder), URLS);
  expect(apis.map(({ stage, stageVariables, throttle: { rate } }) => [stage, stageVariables?.['table'], rate])).toEqual(
    [
      [apis[0]?.stage, undefined, apis[0]?.throttle.rate],
      ['third', 'c', 7],
      ['second', 'b', 10_000],
    ],
  );
});

test('the triggers of a deployment, logs and caches without caching have no effect', () => {
  const stage = restApiFixture().resource['aws_api_gateway_stage']?.['main'];
  const { apis } = deploy('aws_api_gateway_stage', {
    main: {
      ...stage,
      xray_tracing_enabled: true,
      cache_cluster_enabled: false,
      access_log_settings: { format: '${x()}' },
    },
  });
  expect(apis.flatMap(({ routes }) => routes).filter(({ notSimulated }) => notSimulated)).toEqual([]);
});

const MODEL = { rest_api_id: API, name: 'Body', content_type: 'application/json', schema: '{"type":"object"}' };

/** The fixture's API with a validator and a model of the body of GET /pets. */
function deployWithModel(model: object, more: Readonly<Record<string, Readonly<Record<string, object>>>> = {}) {
  writeFixture('rest-api', folder);
  const template = restApiFixture();
  const validator = { rest_api_id: API, name: 'body', validate_request_body: true };
  const method = {
    ...template.resource['aws_api_gateway_method']?.['GET_pets'],
    request_validator_id: '${aws_api_gateway_request_validator.body.id}',
    request_models: { 'application/json': 'Body' },
  };
  const added: typeof more = {
    aws_api_gateway_request_validator: { body: validator },
    aws_api_gateway_model: { body: { rest_api_id: API, name: 'Body', content_type: 'application/json', ...model } },
    aws_api_gateway_method: { GET_pets: method },
    ...more,
  };
  const resource: Record<string, object> = { ...template.resource };
  for (const [type, named] of Object.entries(added)) resource[type] = { ...resource[type], ...named };
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ ...template, resource }));
  const { apis } = deploymentOf(new TerraformStack('rest', folder), URLS);
  return apis.flatMap((api) => [...api.routes]).find(({ routeKey }) => routeKey === 'GET /pets');
}

test('a model of the same name in another API is another model', () => {
  const other = { rest_api_id: 'elsewhere', name: 'Body', content_type: 'application/json', schema: '{}' };
  const route = deployWithModel({ schema: '{"type":"object"}' }, { aws_api_gateway_model: { other, body: MODEL } });
  expect(route).toMatchObject({ bodySchema: { type: 'object' } });
});

test('a model can refer to other models of its API', () => {
  const url = (name: string) => `https://apigateway.amazonaws.com/restapis/${API}/models/${name}`;
  const pet = { ...MODEL, name: 'Pet', schema: JSON.stringify({ properties: { toy: { $ref: url('Toy') } } }) };
  const toy = { ...MODEL, name: 'Toy', schema: '{"type":"string"}' };
  const schema = JSON.stringify({ type: 'array', items: { $ref: url('Pet') } });
  const route = deployWithModel({ schema }, { aws_api_gateway_model: { body: { ...MODEL, schema }, pet, toy } });
  const { definitions = {} } = (route as { bodySchema?: { definitions?: object } } | undefined)?.bodySchema ?? {};
  expect(Object.keys(definitions).map((key) => key.split('/').at(-1))).toEqual(['Pet', 'Toy']);
});

test('a method with a model that refers to something else answers 501', () => {
  const route = deployWithModel({ schema: '{"$ref":"https://example.com/schema"}' });
  expect(route?.notSimulated).toEqual([
    expect.objectContaining({ attribute: 'request_models', found: '$ref https://example.com/schema' }),
  ]);
});

test('API Gateway has the models Empty and Error itself', () => {
  const method = restApiFixture().resource['aws_api_gateway_method']?.['GET_pets'];
  const request_validator_id = '${aws_api_gateway_request_validator.body.id}';
  const changed = { ...method, request_validator_id, request_models: { 'application/json': 'Empty' } };
  const route = deployWithModel({ schema: '{}' }, { aws_api_gateway_method: { GET_pets: changed } });
  expect([route?.notSimulated, (route as { bodySchema?: object } | undefined)?.bodySchema]).toEqual([
    undefined,
    undefined,
  ]);
});

test('parameters that are true are required if the validator checks parameters', () => {
  const method = restApiFixture().resource['aws_api_gateway_method']?.['GET_pets'];
  const changed = {
    ...method,
    request_validator_id: '${aws_api_gateway_request_validator.body.id}',
    request_parameters: { 'method.request.querystring.type': true, 'method.request.header.X-A': false },
  };
  const validator = { rest_api_id: API, name: 'parameters', validate_request_parameters: true };
  const route = deployWithModel(
    { schema: '{}' },
    { aws_api_gateway_method: { GET_pets: changed }, aws_api_gateway_request_validator: { body: validator } },
  );
  expect(route).toMatchObject({ requiredParameters: [{ in: 'querystring', name: 'type' }] });
});

test('a method with a model that only AWS knows answers 501', () => {
  expect(deployWithModel({ schema: '${jsonencode({})}' })?.notSimulated).toEqual([
    expect.objectContaining({ address: 'aws_api_gateway_model.body', attribute: 'schema' }),
  ]);
});

test('refuses a model that is not valid JSON', () => {
  expect(() => deployWithModel({ schema: '{' })).toThrow(/aws_api_gateway_model\.body: schema is not valid JSON: /);
});

test('refuses a second model of the same name', () => {
  expect(() => deployWithModel({}, { aws_api_gateway_model: { body: MODEL, more: MODEL } })).toThrow(
    /aws_api_gateway_model\.more: aws_api_gateway_model\.body of the same API has the same name = "Body"/,
  );
});

test('settings may belong to a method whose path is unknown', () => {
  const part = below(ROOT, '${lower("X")}');
  const method = restApiFixture().resource['aws_api_gateway_method']?.['GET_pets'];
  const integration = restApiFixture().resource['aws_api_gateway_integration']?.['GET_pets'];
  const resourceId = { resource_id: '${aws_api_gateway_resource.unknown.id}' };
  const settings = {
    rest_api_id: API,
    stage_name: '${aws_api_gateway_stage.main.stage_name}',
    method_path: 'x/GET',
    settings: { throttling_rate_limit: 1, throttling_burst_limit: 1 },
  };
  const attempt = () =>
    deployWithModel(
      { schema: '{}' },
      {
        aws_api_gateway_resource: { unknown: part },
        aws_api_gateway_method: { unknown: { ...method, ...resourceId } },
        aws_api_gateway_integration: { unknown: { ...integration, ...resourceId } },
        aws_api_gateway_method_settings: { unknown: settings },
      },
    );
  expect(attempt).not.toThrow();
});
