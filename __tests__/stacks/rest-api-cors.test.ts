/** CORS of REST APIs. */
import { devices } from '../support/contracts';
import { diaries, rooms } from '../support/caller-contracts';
import { synth } from '../support/synth';

const resourcesOf = (contract: Parameters<typeof synth>[0]) => synth(contract).resource;

test('each path answers preflight requests without a function, a key or an authorizer', () => {
  const resource = resourcesOf(diaries);
  expect(resource['aws_api_gateway_method']?.['options_diaries_dayid']).toMatchObject({
    http_method: 'OPTIONS',
    authorization: 'NONE',
    resource_id: '${aws_api_gateway_resource.diaries_dayid.id}',
  });
  expect(resource['aws_api_gateway_integration']?.['options_diaries_dayid']).toMatchObject({
    type: 'MOCK',
    request_templates: { 'application/json': '{"statusCode":204}' },
  });
  const headers = {
    'Access-Control-Allow-Origin': "'https://diaries.example.com'",
    'Access-Control-Allow-Methods': "'DELETE,GET'",
    'Access-Control-Allow-Headers': "'authorization,content-type,idempotency-key,if-match,if-none-match,x-api-key'",
    'Access-Control-Max-Age': "'3600'",
    'Access-Control-Allow-Credentials': "'true'",
  };
  const parameters = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]),
  );
  const response = resource['aws_api_gateway_integration_response']?.['options_diaries_dayid'];
  expect(response).toMatchObject({ response_parameters: parameters });
  expect(response).not.toHaveProperty('response_templates');
  expect(resource['aws_api_gateway_method_response']?.['options_diaries_dayid']).toMatchObject({
    status_code: '204',
    response_parameters: Object.fromEntries(Object.keys(parameters).map((name) => [name, true])),
  });
  const preflights = Object.keys(resource['aws_api_gateway_method'] ?? {}).filter((name) => name.startsWith('options'));
  expect(preflights).toEqual(['options_diaries', 'options_diaries_dayid']);
});

test('with several origins, a template allows the origin of the page', () => {
  const response = resourcesOf(rooms)['aws_api_gateway_integration_response']?.['options_rooms'];
  expect(response.response_parameters).toMatchObject({
    'method.response.header.Vary': "'Origin'",
    'method.response.header.Access-Control-Allow-Headers': expect.stringContaining('x-session'),
    'method.response.header.Access-Control-Max-Age': "'600'",
  });
  const allow = (origin: string) => `#set($context.responseOverride.header.Access-Control-Allow-Origin = "${origin}")`;
  const isSent = (origin: string) =>
    `($input.params().header.get("origin") == "${origin}" || $input.params().header.get("Origin") == "${origin}")`;
  const [first, second] = rooms.cors.origins;
  expect(response.response_templates['application/json']).toBe(
    `#if${isSent(first)}${allow(first)}#elseif${isSent(second)}${allow(second)}#end`,
  );
});

describe('the errors of API Gateway', () => {
  const headerOf = (contract: Parameters<typeof synth>[0], name: string) =>
    ['default_4xx', 'default_5xx'].map(
      (type) =>
        resourcesOf(contract)['aws_api_gateway_gateway_response']?.[type].response_parameters[
          `gatewayresponse.header.${name}`
        ] as unknown,
    );

  test('have the headers for the only origin, and the body of API Gateway', () => {
    expect(headerOf(diaries, 'Access-Control-Allow-Origin')).toEqual(Array(2).fill("'https://diaries.example.com'"));
    expect(headerOf(diaries, 'Access-Control-Allow-Credentials')).toEqual(["'true'", "'true'"]);
    const responses = resourcesOf(diaries)['aws_api_gateway_gateway_response'] ?? {};
    expect(Object.values(responses).map(({ response_type: type }) => type as string)).toEqual([
      'DEFAULT_4XX',
      'DEFAULT_5XX',
    ]);
    for (const response of Object.values(responses)) {
      expect(response.response_templates).toEqual({ 'application/json': '{"message":$context.error.messageString}' });
    }
  });

  test('with several origins, are for all origins, but without credentials', () => {
    expect(headerOf(rooms, 'Access-Control-Allow-Origin')).toEqual(["'*'", "'*'"]);
    expect(headerOf(rooms, 'Access-Control-Allow-Credentials')).toEqual([undefined, undefined]);
  });
});

test('the functions get the origins, to set the headers of their responses', () => {
  const variablesOf = (contract: Parameters<typeof synth>[0]) =>
    resourcesOf(contract)['aws_lambda_function']?.['function'].environment.variables as object;
  expect(variablesOf(rooms)).toMatchObject({
    CORS_ORIGINS: 'https://rooms.example.com,http://localhost:5173',
    CORS_CREDENTIALS: 'true',
  });
  expect(variablesOf({ ...devices, cors: { origins: ['*'] } })).not.toHaveProperty('CORS_CREDENTIALS');
  expect(variablesOf(devices)).not.toHaveProperty('CORS_ORIGINS');
});

describe('the deployment', () => {
  const deploymentOf = (contract: Parameters<typeof synth>[0]) =>
    resourcesOf(contract)['aws_api_gateway_deployment']?.['api'];

  test('contains all resources of preflight requests, and the gateway responses', () => {
    expect(deploymentOf(rooms).depends_on).toEqual(
      expect.arrayContaining(
        ['method', 'integration', 'method_response', 'integration_response']
          .map((kind) => `aws_api_gateway_${kind}.options_rooms_roomid`)
          .concat('aws_api_gateway_gateway_response.default_4xx', 'aws_api_gateway_gateway_response.default_5xx'),
      ),
    );
  });

  test('is replaced when CORS is added or changed', () => {
    const triggers = [undefined, { origins: ['*'] }, { origins: ['https://a.example'] }].map(
      (cors) => deploymentOf(cors ? { ...devices, cors } : devices).triggers.redeployment as string,
    );
    expect(new Set(triggers).size).toBe(3);
  });
});
