/** Policies of REST APIs: who may call them, together with authorizers. */
import type { Deployment } from '../../../src/model/deployment';
import { send } from '../../support/http';
import type { Template } from '../../support/pets';
import { servePets } from '../../support/served-pets';

const serve = servePets();

const REST = 'aws_api_gateway_rest_api.rest';
const API_ID = `\${${REST}.id}`;

/** Answers as a method. Invoked by an authorizer, it returns a policy with the effect in the token, or without a statement. */
const SOURCE = `exports.handler = async ({ type, authorizationToken: token, methodArn }) => {
  if (type !== 'TOKEN') return { statusCode: 200, body: 'ok' };
  const statement = { Action: 'execute-api:Invoke', Resource: token === 'other' ? methodArn + '/x' : methodArn };
  const Effect = token === 'Deny' ? 'Deny' : 'Allow';
  return { principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement: [{ ...statement, Effect }] } };
}`;

/** A REST API with the methods GET /open, and GET /guarded with a Lambda authorizer. */
function addRestApi({ resource }: Template): void {
  const integration = {
    integration_http_method: 'POST',
    type: 'AWS_PROXY',
    uri: '${aws_lambda_function.function.invoke_arn}',
  };
  const method = (path: string, attributes: object) => ({
    ...{ rest_api_id: API_ID, resource_id: `\${aws_api_gateway_resource.${path}.id}`, http_method: 'GET' },
    ...attributes,
  });
  const pathPart = (path: string) => ({
    rest_api_id: API_ID,
    parent_id: `\${${REST}.root_resource_id}`,
    path_part: path,
  });
  const guard = { authorization: 'CUSTOM', authorizer_id: '${aws_api_gateway_authorizer.guard.id}' };
  Object.assign(resource, {
    aws_api_gateway_rest_api: { rest: { name: 'rest' } },
    aws_api_gateway_resource: { open: pathPart('open'), guarded: pathPart('guarded') },
    aws_api_gateway_authorizer: {
      guard: {
        rest_api_id: API_ID,
        name: 'guard',
        authorizer_uri: integration.uri,
        authorizer_result_ttl_in_seconds: 0,
      },
    },
    aws_api_gateway_method: { open: method('open', { authorization: 'NONE' }), guarded: method('guarded', guard) },
    aws_api_gateway_integration: { open: method('open', integration), guarded: method('guarded', integration) },
    aws_api_gateway_deployment: { rest: { rest_api_id: API_ID } },
    aws_api_gateway_stage: {
      rest: { rest_api_id: API_ID, stage_name: 'prod', deployment_id: '${aws_api_gateway_deployment.rest.id}' },
    },
  });
  Object.assign(resource['aws_lambda_permission'] ?? {}, {
    rest: {
      ...{ action: 'lambda:InvokeFunction', function_name: 'pets-function' },
      ...{ principal: 'apigateway.amazonaws.com', source_arn: `\${${REST}.execution_arn}/*` },
    },
  });
}

/** Serves the API with these statements. By default, a statement is an Allow for everybody. */
async function serveApi(statements: readonly object[], place: 'api' | 'resource' = 'resource') {
  const { urlOf, deployment } = await serve(
    (template) => {
      addRestApi(template);
      const policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: statements.map((statement) => ({
          ...{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
          ...statement,
        })),
      });
      const { resource } = template;
      if (place === 'api') Object.assign(resource['aws_api_gateway_rest_api']?.['rest'] as object, { policy });
      else resource['aws_api_gateway_rest_api_policy'] = { rest: { rest_api_id: API_ID, policy } };
    },
    { source: SOURCE },
  );
  const get = (path: string, token?: string) =>
    send(urlOf(REST), 'GET', `/prod${path}`, token === undefined ? {} : { headers: { authorization: token } });
  return { get, deployment };
}

const idOf = ({ apis }: Deployment) => apis.find(({ kind }) => kind === 'rest-api')?.id ?? '';

const from = (range: string, operator = 'IpAddress') => ({ Condition: { [operator]: { 'aws:SourceIp': range } } });

test.each(['api', 'resource'] as const)(
  'an address that the policy does not allow is a 403 (policy of the %s)',
  async (place) => {
    const { get, deployment } = await serveApi([from('192.0.2.0/24')], place);
    const resource = `arn:aws:execute-api:us-east-1:********0000:${idOf(deployment)}/prod/GET/open`;
    expect(await get('/open')).toMatchObject({
      status: 403,
      headers: { 'x-amzn-errortype': 'AccessDeniedException' },
      json: { Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${resource}` },
    });
  },
);

test.each<[string, readonly object[], number]>([
  ['an Allow for everybody', [{}], 200],
  ['an Allow for the address', [from('127.0.0.0/8')], 200],
  ['a Deny for other addresses', [{}, { Effect: 'Deny', ...from('127.0.0.1/32', 'NotIpAddress') }], 200],
  ['a Deny for the address', [{}, { Effect: 'Deny', ...from('127.0.0.1') }], 403],
  ['an Allow for a role', [{ Principal: { AWS: 'arn:aws:iam::000000000000:role/pets-role' } }], 403],
  ['an Allow for all of AWS', [{ Principal: { AWS: '*' } }], 200],
  ['an Allow for another method', [{ Resource: 'execute-api:/prod/POST/*' }], 403],
  ['an Allow for the path', [{ Resource: ['execute-api:/prod/GET/op*'] }], 200],
  [
    'a Deny without the VPC endpoint',
    [{}, { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }],
    403,
  ],
])('%s decides about anonymous callers: %#', async (_name, statements, status) => {
  const { get } = await serveApi(statements);
  const { status: actual, json } = await get('/open');
  expect(actual).toBe(status);
  const isDenied = statements.some((statement) => 'Effect' in statement) && status === 403;
  if (isDenied) expect(json.Message).toMatch(/ with an explicit deny$/);
});

// Developer guide, "Policy evaluation outcome tables", table A.
test.each([
  ['Allow', [], 200],
  ['Allow', [{}], 200],
  ['Allow', [{ Effect: 'Deny' }], 403],
  ['other', [from('192.0.2.1')], 403],
  ['other', [{}], 200],
  ['Deny', [{}], 403],
])('an authorizer that returns %s and the statements %j decide together: %d', async (token, statements, status) => {
  const { get } = await serveApi(statements.length > 0 ? statements : [from('192.0.2.1')]);
  expect((await get('/guarded', token)).status).toBe(status);
});

test.each<[object, RegExp]>([
  [
    { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
    /statement 2: the condition key aws:PrincipalOrgID/,
  ],
  [{ Principal: undefined, NotPrincipal: '*' }, /statement 2: the element NotPrincipal/],
])('the routes answer 501 because of %j', async (statement, message) => {
  const { get } = await serveApi([{}, statement]);
  expect(await get('/open')).toMatchObject({
    status: 501,
    json: { message: expect.stringMatching(message) as string },
  });
});

test.each<[string, readonly object[], RegExp]>([
  ['an unknown effect', [{}, { Effect: 'Grant' }], /statement 2 of .*: Effect = "Grant"; it must be "Allow" or "Deny"/],
  ['no statement', [], /it has no statement/],
])('refuses a policy with %s', async (_name, statements, message) => {
  await expect(serveApi(statements)).rejects.toThrow(message);
});
