/** The pets as Terraform evaluates them: an HTTP API in a module, with two functions and two roles of one block each. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { apiAddresses, deploymentOf } from '../../src/source/deployment';
import { EvaluatedStack } from '../../src/source/evaluated/evaluated-stack';
import type { EvaluatedConfiguration, EvaluatedResource } from '../../src/source/terraform/evaluated-resource';

export const API = 'module.api.aws_apigatewayv2_api.this';
export const API_URL = 'https://abcdef1234.execute-api.eu-west-1.amazonaws.com';
export const ACCOUNT = '111122223333';

type Attributes = EvaluatedResource['values'];

/** Makes a resource from its configured attributes and from the attributes that AWS adds (`computed`). */
export function resourceOf(
  address: string,
  configured: Attributes,
  computed: Attributes = {},
  dependencies: readonly string[] = [],
): EvaluatedResource {
  const [, mode = '', type = ''] = /^(?:module\.\w+(?:\[[^\]]*\])?\.)*(data\.)?(\w+)\./.exec(address) ?? [];
  return {
    ...{ address, type, mode: mode === '' ? 'managed' : 'data', configured, dependencies },
    values: { ...computed, ...configured },
  };
}

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`;

const EXECUTION_ARN = arn('execute-api', 'abcdef1234');

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
});

export const TABLE_ARN = arn('dynamodb', 'table/pets');

/** The role, function, integration, route and permission of a route. */
function routeOf(key: string, routeKey: string): EvaluatedResource[] {
  const at = (type: string) => `module.api.${type}.this["${key}"]`;
  const functionArn = arn('lambda', `function:${key}`);
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/service/${key}`;
  const invokeArn = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  const api = 'module.api.aws_apigatewayv2_api.this';
  const table = 'aws_dynamodb_table.pets';
  return [
    resourceOf(
      at('aws_iam_role'),
      { name: key, path: '/service/', assume_role_policy: TRUST, description: '' },
      { id: key, arn: roleArn, managed_policy_arns: [], inline_policy: [] },
    ),
    resourceOf(
      at('aws_lambda_function'),
      {
        ...{ function_name: key, role: roleArn, runtime: 'nodejs22.x', handler: 'index.handler', layers: [] },
        filename: './out/code.zip',
        environment: [{ variables: { TABLE: 'pets', SELF: `${API_URL}/prod`, EMPTY: '' } }],
        vpc_config: [],
      },
      { id: key, arn: functionArn, invoke_arn: invokeArn, version: '$LATEST', memory_size: 128, timeout: 3 },
      ['module.api.aws_iam_role.this', table, api],
    ),
    resourceOf(
      at('aws_apigatewayv2_integration'),
      {
        ...{ api_id: 'abcdef1234', integration_type: 'AWS_PROXY', integration_uri: invokeArn },
        ...{ payload_format_version: '2.0', connection_type: '', request_parameters: {} },
      },
      { id: `int-${key}`, timeout_milliseconds: 30_000 },
      [api, 'module.api.aws_lambda_function.this', 'module.api.aws_iam_role.this', table],
    ),
    resourceOf(
      at('aws_apigatewayv2_route'),
      { api_id: 'abcdef1234', route_key: routeKey, target: `integrations/int-${key}`, api_key_required: false },
      { id: `route-${key}`, authorization_type: 'NONE' },
      [
        ...[api, 'module.api.aws_apigatewayv2_integration.this', 'module.api.aws_lambda_function.this'],
        ...['module.api.aws_iam_role.this', table],
      ],
    ),
    resourceOf(
      at('aws_lambda_permission'),
      {
        ...{ action: 'lambda:InvokeFunction', function_name: functionArn, principal: 'apigateway.amazonaws.com' },
        source_arn: `${EXECUTION_ARN}/*/*`,
      },
      { id: `permission-${key}`, statement_id: `terraform-${key}` },
      [api, 'module.api.aws_lambda_function.this', 'module.api.aws_iam_role.this', table],
    ),
  ];
}

/** @returns a configuration with the routes `GET /pets` and `GET /health` */
export function evaluatedPets(): EvaluatedResource[] {
  return [
    resourceOf(
      'aws_dynamodb_table.pets',
      { name: 'pets', billing_mode: 'PAY_PER_REQUEST', hash_key: 'id', attribute: [{ name: 'id', type: 'S' }] },
      { id: 'pets', arn: TABLE_ARN },
    ),
    resourceOf(
      API,
      { name: 'pets-api', protocol_type: 'HTTP', cors_configuration: [] },
      { id: 'abcdef1234', api_endpoint: API_URL, execution_arn: EXECUTION_ARN },
    ),
    resourceOf(
      'module.api.aws_apigatewayv2_stage.this',
      { api_id: 'abcdef1234', name: 'prod', auto_deploy: true },
      { id: 'prod', invoke_url: `${API_URL}/prod`, default_route_settings: [{ throttling_rate_limit: 0 }] },
      ['module.api.aws_apigatewayv2_api.this'],
    ),
    ...routeOf('pets', 'GET /pets'),
    ...routeOf('health', 'GET /health'),
  ];
}

export function configurationOf(
  resources: readonly EvaluatedResource[],
  rest: Partial<EvaluatedConfiguration> = {},
): EvaluatedConfiguration {
  return { resources, outputs: {}, account: ACCOUNT, region: 'eu-west-1', files: new Map(), ...rest };
}

/** Changes the configured attributes of the resource at an address. */
export function changed(
  resources: readonly EvaluatedResource[],
  address: string,
  attributes: Attributes,
): EvaluatedResource[] {
  if (!resources.some((resource) => resource.address === address)) throw new Error(`there is no ${address}`);
  return resources.map((resource) =>
    resource.address === address
      ? {
          ...resource,
          configured: { ...resource.configured, ...attributes },
          values: { ...resource.values, ...attributes },
        }
      : resource,
  );
}

/** Reads a configuration into the model, with the archive of its functions in the folder. */
export function deployEvaluated(folder: string, configuration: EvaluatedConfiguration) {
  const archive = path.join(folder, 'archive.zip');
  const source = 'exports.handler = async () => ({ statusCode: 200, body: "ok" })';
  writeFileSync(archive, zipSync({ 'index.js': Buffer.from(source) }));
  const files = new Map([[path.join(folder, 'out/code.zip'), archive], ...configuration.files]);
  const stack = new EvaluatedStack('pets', folder, { ...configuration, files });
  return deploymentOf(stack, new Map(apiAddresses(stack).map((at) => [at, LOCAL_URL])));
}

export const LOCAL_URL = 'http://127.0.0.1:3000';
