/** Routes and function URLs with AWS_IAM, which a function calls with the credentials of its role. */
import { setAttribute } from '../../support/deployed-pets';
import { type Answer, send } from '../../support/http';
import type { Template } from '../../support/pets';
import { servePets } from '../../support/served-pets';
import { sign } from '../../support/sign';

const serve = servePets();

const ACCOUNT = '000000000000';
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/pets-role`;
const ASSUMED = `arn:aws:sts::${ACCOUNT}:assumed-role/pets-role/pets-function`;

/** Answers with its credentials, and with the caller of the request. */
const SOURCE = `exports.handler = async ({ requestContext }) => ({
  statusCode: 200,
  body: JSON.stringify({
    credentials: {
      accessKeyId: process.env.AWS_ACCESS_KEY_ID,
      secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
      sessionToken: process.env.AWS_SESSION_TOKEN,
    },
    caller: requestContext.authorizer?.iam ?? requestContext.identity,
  }),
})`;

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly service?: 'execute-api' | 'lambda';
  readonly region?: string;
  readonly date?: Date;
  readonly secret?: string;
  /** Removes a header after signing. */
  readonly without?: string;
}

/** Adds a REST API with the method GET /pets, a function URL and a statement of the role. */
function addApis({ resource }: Template, statement: object | undefined): void {
  const lambda = '${aws_lambda_function.function.invoke_arn}';
  const api = '${aws_api_gateway_rest_api.rest.id}';
  const root = '${aws_api_gateway_rest_api.rest.root_resource_id}';
  const pets = '${aws_api_gateway_resource.pets.id}';
  setAttribute(resource, 'aws_apigatewayv2_route.get_pets', 'authorization_type', 'AWS_IAM');
  setAttribute(resource, 'aws_apigatewayv2_route.put_pets', 'authorization_type', 'AWS_IAM');
  Object.assign(resource, {
    aws_lambda_function_url: { url: { function_name: 'pets-function', authorization_type: 'AWS_IAM' } },
    aws_api_gateway_rest_api: { rest: { name: 'rest' } },
    aws_api_gateway_resource: { pets: { rest_api_id: api, parent_id: root, path_part: 'pets' } },
    aws_api_gateway_method: {
      get: { rest_api_id: api, resource_id: pets, http_method: 'GET', authorization: 'AWS_IAM' },
    },
    aws_api_gateway_integration: {
      get: {
        ...{ rest_api_id: api, resource_id: pets, http_method: 'GET', integration_http_method: 'POST' },
        ...{ type: 'AWS_PROXY', uri: lambda },
      },
    },
    aws_api_gateway_deployment: { rest: { rest_api_id: api } },
    aws_api_gateway_stage: {
      rest: { rest_api_id: api, stage_name: 'prod', deployment_id: '${aws_api_gateway_deployment.rest.id}' },
    },
  });
  Object.assign(resource['aws_lambda_permission'] ?? {}, {
    rest: {
      ...{ action: 'lambda:InvokeFunction', function_name: 'pets-function' },
      ...{ principal: 'apigateway.amazonaws.com', source_arn: '${aws_api_gateway_rest_api.rest.execution_arn}/*' },
    },
  });
  if (!statement) return;
  Object.assign(resource['aws_iam_role_policy'] ?? {}, {
    calls: {
      ...{ name: 'calls', role: '${aws_iam_role.function.name}' },
      policy: JSON.stringify({
        Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*', ...statement },
      }),
    },
  });
}

/** @param statement changes of the statement that allows execute-api:Invoke on everything. Undefined: there is none */
async function serveApis(statement: object | undefined, change: (template: Template) => void = () => undefined) {
  const served = await serve(
    (template) => {
      addApis(template, statement);
      change(template);
    },
    { source: SOURCE },
  );
  const { json } = await served.get('/health');
  const { json: own } = await send(served.urlOf('aws_apigatewayv2_api.api'), 'GET', '/pets/1');
  const credentials = own.credentials as { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  expect(json.credentials.accessKeyId).not.toBe(credentials.accessKeyId);

  async function call(address: string, options: Call): Promise<Answer> {
    const base = served.urlOf(address);
    const { method = 'GET', path, query = {}, body, region = 'us-east-1', date, without = '' } = options;
    const { service = 'execute-api', secret: secretAccessKey = credentials.secretAccessKey } = options;
    const signer = { ...credentials, secretAccessKey };
    const headers = await sign(base, { method, path, query, body, service, region, date, credentials: signer });
    const text = Object.entries(query).map(
      ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    );
    const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== without));
    return send(base, method, text.length > 0 ? `${path}?${text.join('&')}` : path, {
      headers: sent,
      ...(body !== undefined && { body }),
    });
  }
  return {
    http: (options: Partial<Call> = {}) => call('aws_apigatewayv2_api.api', { path: '/pets', ...options }),
    rest: (options: Partial<Call> = {}) => call('aws_api_gateway_rest_api.rest', { path: '/prod/pets', ...options }),
    url: (options: Partial<Call> = {}) =>
      call('aws_lambda_function_url.url', { path: '/', service: 'lambda', ...options }),
    accessKeyId: credentials.accessKeyId,
    functionArn: served.deployment.functions.find(({ name }) => name === 'pets-function')?.arn ?? '',
    idOf: (kind: string) => served.deployment.apis.find((api) => api.kind === kind)?.id ?? '',
  };
}

test('a caller whose role may call the routes is in the event', async () => {
  const { http, rest, accessKeyId } = await serveApis({});
  const user = expect.stringMatching(/^AROA[0-9A-F]{17}:pets-function$/) as string;
  const names = { accessKey: accessKeyId, accountId: ACCOUNT, userArn: ASSUMED };
  expect((await http()).json.caller).toMatchObject({ ...names, callerId: user, userId: user });
  expect((await rest()).json.caller).toMatchObject({ ...names, caller: user, user, sourceIp: '127.0.0.1' });
});

test('a signature covers the path, the query and the body', async () => {
  const { http, rest } = await serveApis({});
  const query = { b: 'x y&z', a: "(!*')", 'c d': '' };
  expect((await http({ method: 'PUT', query, body: '{"name":"Rex"}' })).status).toBe(200);
  expect((await rest({ query })).status).toBe(200);
  const body = '{"name":"Rex"}';
  const { status, json } = await http({ method: 'PUT', body, without: 'x-amz-security-token' });
  // A request without the session token counts as signed by a developer.
  expect([status, json.caller.userArn]).toEqual([200, `arn:aws:iam::${ACCOUNT}:user/local-run`]);
});

test('a role without a permission gets a 403', async () => {
  const { http, rest, url, idOf } = await serveApis(undefined);
  expect(await http()).toMatchObject({ status: 403, json: { message: 'Forbidden' } });
  const resource = `arn:aws:execute-api:us-east-1:********0000:${idOf('rest-api')}/prod/GET/pets`;
  expect(await rest()).toMatchObject({
    status: 403,
    headers: { 'x-amzn-errortype': 'AccessDeniedException' },
    json: { Message: `User: ${ASSUMED} is not authorized to perform: execute-api:Invoke on resource: ${resource}` },
  });
  expect(await url()).toMatchObject({ status: 403, json: { Message: 'Forbidden' } });
});

test('the resource of a statement names stage, method and path', async () => {
  const arn = 'arn:aws:execute-api:us-east-1:*:*';
  const { http, rest } = await serveApis({ Resource: [`${arn}/$default/GET/pets`, `${arn}/prod/GET/pe*`] });
  expect([(await http()).status, (await rest()).status]).toEqual([200, 200]);
  expect((await http({ method: 'PUT', body: '{}' })).status).toBe(403);
});

test('a Deny and conditions of a statement apply', async () => {
  const { http } = await serveApis({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } });
  expect((await http()).status).toBe(403);
  const { http: here } = await serveApis({ Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } });
  expect((await here()).status).toBe(200);
  const { http: byRole } = await serveApis({ Condition: { ArnLike: { 'aws:PrincipalArn': ROLE_ARN } } });
  expect((await byRole()).status).toBe(200);
});

test('a condition that cannot be evaluated is a 501 for the callers with the role', async () => {
  const { http, rest, url } = await serveApis({ Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } } });
  for (const call of [http, rest, url]) {
    const { status, json } = await call();
    expect([status, json.message]).toEqual([501, expect.stringContaining('the condition operator DateLessThan')]);
  }
});

const URL_ACTIONS = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'];

test('a function URL needs both of its actions', async () => {
  const { url, functionArn } = await serveApis({ Action: URL_ACTIONS });
  expect((await url()).json.caller).toMatchObject({ userArn: ASSUMED });
  expect((await url({ service: 'execute-api' })).json.message).toMatch(/scoped to correct service: 'lambda'/);
  const Resource = functionArn.replace('pets-function', 'other');
  const { url: other } = await serveApis({ Action: URL_ACTIONS, Resource });
  expect((await other()).status).toBe(403);
  for (const Action of URL_ACTIONS) {
    const { url: one } = await serveApis({ Action });
    expect((await one()).status).toBe(403);
  }
});

const AUTH_TYPE = 'lambda:FunctionUrlAuthType';
const VIA_URL = 'lambda:InvokedViaFunctionUrl';

test.each([
  [{ StringEqualsIfExists: { [AUTH_TYPE]: 'AWS_IAM' }, BoolIfExists: { [VIA_URL]: 'true' } }, 200],
  [{ StringEqualsIfExists: { [AUTH_TYPE]: 'NONE' } }, 403],
  [{ BoolIfExists: { [VIA_URL]: 'false' } }, 403],
  [{ StringEquals: { [AUTH_TYPE]: 'AWS_IAM' } }, 403],
])('a role whose statement has the condition %j calls a function URL: %d', async (Condition, status) => {
  const { url } = await serveApis({ Action: URL_ACTIONS, Condition });
  expect((await url()).status).toBe(status);
});

test.each([
  [{ principal: '*', function_url_auth_type: 'AWS_IAM' }, {}, 200],
  [{ principal: ROLE_ARN }, { invoked_via_function_url: true }, 200],
  [{ principal: ROLE_ARN }, { principal: ROLE_ARN.replace('pets', 'other') }, 403],
  [{ principal: ROLE_ARN.replace('pets', 'other') }, {}, 403],
  [{ principal: '*', function_url_auth_type: 'NONE' }, {}, 403],
  [{ principal: '*', principal_org_id: 'o-a1b2c3d4e5' }, {}, 403],
  [{ principal: ROLE_ARN, action: 'lambda:InvokeFunction' }, {}, 403],
])('permissions of the function with %j and %j let the role call its URL: %d', async (forUrl, forInvoke, status) => {
  const { url } = await serveApis(undefined, ({ resource }) => {
    Object.assign(resource['aws_lambda_permission'] ?? {}, {
      url: { action: 'lambda:InvokeFunctionUrl', function_name: 'pets-function', ...forUrl },
      invoke: {
        action: 'lambda:InvokeFunction',
        ...{ function_name: 'pets-function', principal: ROLE_ARN, ...forInvoke },
      },
    });
  });
  expect((await url()).status).toBe(status);
});

test('a role and a permission can allow one action each', async () => {
  const { url } = await serveApis({ Action: 'lambda:InvokeFunction' }, ({ resource }) => {
    Object.assign(resource['aws_lambda_permission'] ?? {}, {
      url: { action: 'lambda:InvokeFunctionUrl', function_name: 'pets-function', principal: ROLE_ARN },
    });
  });
  expect((await url()).status).toBe(200);
});

test.each([
  [undefined, { Effect: 'Allow', Principal: { AWS: ROLE_ARN } }, 200],
  [undefined, { Effect: 'Allow', Principal: { AWS: ASSUMED } }, 200],
  [undefined, { Effect: 'Allow', Principal: { AWS: ACCOUNT } }, 403],
  [undefined, { Effect: 'Allow', Principal: { AWS: ROLE_ARN.replace('pets', 'other') } }, 403],
  [{}, { Effect: 'Allow', Principal: { AWS: ROLE_ARN.replace('pets', 'other') } }, 200],
  [{}, { Effect: 'Deny', Principal: { AWS: ACCOUNT } }, 403],
])('the statement %j of a role and %j of the API decide together: %d', async (statement, ofApi, status) => {
  const { rest } = await serveApis(statement, ({ resource }) => {
    const policy = JSON.stringify({
      Statement: { Action: 'execute-api:Invoke', Resource: 'execute-api:/*', ...ofApi },
    });
    setAttribute(resource, 'aws_api_gateway_rest_api.rest', 'policy', policy);
  });
  expect((await rest()).status).toBe(status);
});

test.each<[string, Partial<Call>, string, RegExp]>([
  [
    'another secret',
    { secret: 'x'.repeat(40) },
    'InvalidSignatureException',
    /^The request signature we calculated does not match/,
  ],
  [
    'an old date',
    { date: new Date(Date.now() - 6 * 60_000) },
    'InvalidSignatureException',
    /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
  ],
  [
    'a date in the future',
    { date: new Date(Date.now() + 6 * 60_000) },
    'InvalidSignatureException',
    /^Signature not yet current: .* \+ 5 min\.\)$/,
  ],
  ['no date', { without: 'x-amz-date' }, 'IncompleteSignatureException', /'X-Amz-Date' or a 'Date' header/],
  ['another region', { region: 'eu-west-1' }, 'InvalidSignatureException', /scoped to a valid region/],
])('a signature with %s is a 403', async (_name, options, type, message) => {
  const { http, rest, url } = await serveApis({ Action: ['execute-api:Invoke', ...URL_ACTIONS] });
  const expected = {
    status: 403,
    headers: { 'x-amzn-errortype': type },
    json: { message: expect.stringMatching(message) as string },
  };
  expect(await rest(options)).toMatchObject(expected);
  expect(await url(options)).toMatchObject(expected);
  expect(await http(options)).toMatchObject({ status: 403, json: { message: 'Forbidden' } });
});
