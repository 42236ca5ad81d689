/** Stacks of contracts that use sort keys, indexes, expiry, auth and CORS. */
import type { Api } from '../../function/contract/api';
import { devices, notes, orders } from '../support/contracts';
import { synth, type Synthesized } from '../support/synth';

const policyOf = ({ data }: Synthesized, name: string) =>
  (
    data['aws_iam_policy_document']?.[`${name}_permissions`] as {
      statement: { actions: string[]; resources: string[] }[];
    }
  ).statement.slice(1);

const resource = (stack: Synthesized, type: string, name: string) => stack.resource[type]?.[name] as unknown;

describe('the table', () => {
  test('has the sort key, the types of all keys, and an index with all attributes for each index of the contract', () => {
    expect(resource(synth(orders), 'aws_dynamodb_table', 'table')).toMatchObject({
      hash_key: 'customerId',
      range_key: 'orderId',
      attribute: [
        { name: 'customerId', type: 'S' },
        { name: 'orderId', type: 'S' },
        { name: 'status', type: 'S' },
        { name: 'total', type: 'N' },
        { name: 'sku', type: 'S' },
      ],
      global_secondary_index: [
        { name: 'byStatus', hash_key: 'status', range_key: 'total', projection_type: 'ALL' },
        { name: 'bySku', hash_key: 'sku', projection_type: 'ALL' },
      ],
    });
    expect(resource(synth(devices), 'aws_dynamodb_table', 'table')).toMatchObject({
      hash_key: 'serial',
      attribute: [{ name: 'serial', type: 'N' }],
    });
  });

  test('expires items by the field that the contract names', () => {
    expect(resource(synth(notes), 'aws_dynamodb_table', 'table')).toMatchObject({
      ttl: { attribute_name: 'expiresAt', enabled: true },
    });
    expect(resource(synth(orders), 'aws_dynamodb_table', 'table')).not.toHaveProperty('ttl');
  });
});

describe('names', () => {
  test('start with the name of the contract, in every environment', () => {
    const names = (settings: Parameters<typeof synth>[1]) => {
      const { resource: all } = synth(devices, settings);
      return [
        all['aws_dynamodb_table']?.['table'].name,
        all['aws_lambda_function']?.['function'].function_name,
        all['aws_iam_role']?.['function'].name,
        all['aws_api_gateway_rest_api']?.['api'].name,
        all['aws_api_gateway_api_key']?.['key'].name,
        all['aws_api_gateway_usage_plan']?.['key'].name,
      ] as string[];
    };
    expect(names({})).toEqual([
      'devices',
      'devices-function',
      'devices-role',
      'devices-api',
      'devices-key',
      'devices-usage-plan',
    ]);
    expect(names({ environment: 'staging', namePrefix: 'acme' }).slice(0, 2)).toEqual([
      'acme-devices-staging',
      'acme-devices-staging-function',
    ]);
  });
});

describe('permissions', () => {
  test('one function has the permissions of all routes: on the table, and to query the indexes', () => {
    const [onTable, onIndexes, ...others] = policyOf(synth(orders), 'function');
    expect(onTable?.resources).toEqual(['${aws_dynamodb_table.table.arn}']);
    expect([...(onTable?.actions ?? [])].sort()).toEqual(
      ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'].map((action) => `dynamodb:${action}`),
    );
    expect(onIndexes).toEqual({
      actions: ['dynamodb:Query'],
      resources: ['byStatus', 'bySku'].map((index) => `\${aws_dynamodb_table.table.arn}/index/${index}`),
    });
    expect(others).toEqual([]);
  });

  test('with a function per route, each has the name of its operation, and only the permissions of its route', () => {
    const stack = synth(orders, { functionPerRoute: true });
    const functions = stack.resource['aws_lambda_function'] ?? {};
    expect(Object.values(functions).map(({ function_name: name }) => name as string)).toEqual(
      ['create', 'delete', 'list', 'list-by-sku', 'list-by-status', 'list-get-all-orders', 'read', 'update'].map(
        (word) => `orders-function-${word}`,
      ),
    );
    expect(policyOf(stack, 'list')).toEqual([
      { actions: ['dynamodb:Query'], resources: ['${aws_dynamodb_table.table.arn}'] },
    ]);
    // This role has no actions on the table itself, so no statement for it. The function still needs the table's name.
    expect(policyOf(stack, 'list-by-status')).toEqual([
      { actions: ['dynamodb:Query'], resources: ['${aws_dynamodb_table.table.arn}/index/byStatus'] },
    ]);
    expect(functions['list-by-status'].environment.variables.TABLE_NAMES).toBe('${aws_dynamodb_table.table.name}');
    expect(Object.keys(stack.output['function_name'].value as object).sort()).toEqual(
      Object.keys(orders.routes).sort(),
    );
  });

  test('routes with the same operation have functions of different names', () => {
    const routes: Api['routes'] = { ...notes.routes, 'POST /drafts': { operation: 'create' } };
    const { resource: all } = synth({ ...notes, routes }, { functionPerRoute: true });
    expect(Object.keys(all['aws_lambda_function'] ?? {})).toEqual([
      'create',
      'create-post-drafts',
      'delete',
      'list',
      'read',
    ]);
  });
});

describe('an HTTP API', () => {
  test('checks tokens by a JWT authorizer, with the scopes of the route', () => {
    const stack = synth(notes);
    expect(stack.resource['aws_apigatewayv2_authorizer']).toMatchObject({
      jwt: {
        authorizer_type: 'JWT',
        identity_sources: ['$request.header.Authorization'],
        jwt_configuration: { issuer: 'https://id.example.com/', audience: ['notes'] },
      },
    });
    const routes = stack.resource['aws_apigatewayv2_route'] ?? {};
    const authorizer = '${aws_apigatewayv2_authorizer.jwt.id}';
    expect(routes['get_notes']).toMatchObject({ authorization_type: 'JWT', authorizer_id: authorizer });
    expect(routes['get_notes']).not.toHaveProperty('authorization_scopes');
    expect(routes['delete_notes_noteid']).toMatchObject({
      authorization_type: 'JWT',
      authorization_scopes: ['notes:delete', 'admin'],
    });
    const signed = resource(synth(orders), 'aws_apigatewayv2_route', 'get_all_orders');
    expect(signed).toMatchObject({ authorization_type: 'AWS_IAM' });
    expect(signed).not.toHaveProperty('authorizer_id');
  });

  test('answers preflight requests for the methods of the contract', () => {
    expect(resource(synth(orders), 'aws_apigatewayv2_api', 'api')).toMatchObject({
      cors_configuration: {
        allow_origins: ['https://shop.example.com'],
        allow_methods: ['DELETE', 'GET', 'PATCH', 'POST'],
        allow_headers: expect.arrayContaining(['authorization', 'content-type', 'if-match']),
        expose_headers: expect.arrayContaining(['etag', 'location']),
        allow_credentials: true,
        max_age: 3600,
      },
    });
    expect(resource(synth(notes), 'aws_apigatewayv2_api', 'api')).not.toHaveProperty('cors_configuration');
  });
});

describe('a REST API', () => {
  test('requires an API key or a signature, as each route says', () => {
    const methods = synth(devices).resource['aws_api_gateway_method'] ?? {};
    expect(methods).toMatchObject({
      put_devices_serial: { api_key_required: true, authorization: 'NONE' },
      get_devices_serial: { api_key_required: false, authorization: 'NONE' },
      post_devices_serial_restarts: { api_key_required: false, authorization: 'AWS_IAM' },
    });
  });

  test('has no API key when no route requires one', () => {
    const { resource: all, output } = synth({ ...devices, auth: {} });
    expect(all).not.toHaveProperty('aws_api_gateway_api_key');
    expect(output).not.toHaveProperty('api_key');
  });

  test('with request validation, has draft-4 models of the bodies, without the key in the path', () => {
    const models = synth(devices, { requestValidation: true }).resource['aws_api_gateway_model'] ?? {};
    expect(Object.keys(models)).toEqual(['post_devices_serial_pings', 'put_devices_serial']);
    expect(JSON.parse(models['put_devices_serial'].schema as string)).toEqual({
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      properties: {
        label: { type: ['string', 'null'], maxLength: 20 },
        weight: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 10 },
        ports: { type: 'array', items: { type: 'number', multipleOf: 1 }, maxItems: 8, uniqueItems: true },
        unit: { enum: ['kg'] },
      },
      additionalProperties: false,
    });
  });
});

test.each<[string, Api, RegExp]>([
  ['cognito on an HTTP API', { ...orders, auth: { default: 'cognito' } }, /has the auth "cognito"/],
  ['jwt on a REST API', { ...devices, auth: { default: 'jwt' } }, /PUT \/devices\/{serial} has the auth "jwt"/],
  ['apiKey on an HTTP API', { ...orders, auth: { default: 'apiKey' } }, /has the auth "apiKey"/],
])('refuses %s, which is not possible', (_, contract, message) => {
  expect(() => synth(contract)).toThrow(message);
});
