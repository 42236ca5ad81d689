/** Function URLs, each on a port of its own. */
import { setAttribute } from '../../support/deployed-pets';
import { send } from '../../support/http';
import type { Template } from '../../support/pets';
import { servePets } from '../../support/served-pets';

const serve = servePets();

const FUNCTION = 'aws_lambda_function.function';
const URL_ADDRESS = 'aws_lambda_function_url.public';

function addUrl({ resource, output }: Template, url: object = {}): void {
  resource['aws_lambda_function_url'] = {
    public: { function_name: '${aws_lambda_function.function.function_name}', authorization_type: 'NONE', ...url },
  };
  output['function_url'] = { value: '${aws_lambda_function_url.public.function_url}' };
}

/** Serves a function URL with these attributes. @returns a function that sends a request to it */
async function serveUrl(url: object, source: string, change: (template: Template) => void = () => undefined) {
  const served = await serve(
    (template) => {
      addUrl(template, url);
      change(template);
    },
    { source },
  );
  const base = served.urlOf(URL_ADDRESS);
  return {
    ...served,
    base,
    call: (...args: Parameters<typeof send> extends [string, ...infer R] ? R : never) => send(base, ...args),
  };
}

const ECHO = 'exports.handler = async (event, context) => ({ event, arn: context.invokedFunctionArn })';

test('the function gets an event of version 2.0 from an anonymous caller', async () => {
  const { call, base, deployment } = await serveUrl({}, ECHO);
  const { status, json } = await call('POST', '/a%20b/c?x=1&x=2', {
    body: '{"n":1}',
    headers: { 'content-type': 'application/json' },
  });
  expect(status).toBe(200);
  const { port } = new URL(base);
  expect(json.event).toMatchObject({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/a%20b/c',
    rawQueryString: 'x=1&x=2',
    queryStringParameters: { x: '1,2' },
    body: '{"n":1}',
    isBase64Encoded: false,
    requestContext: {
      accountId: 'anonymous',
      apiId: deployment.apis.find(({ kind }) => kind === 'function-url')?.id,
      domainName: `127.0.0.1:${port}`,
      http: { method: 'POST', path: '/a%20b/c', sourceIp: '127.0.0.1' },
      routeKey: '$default',
      stage: '$default',
    },
  });
  expect(json.event).not.toHaveProperty('requestContext.authorizer');
  expect(deployment.outputs['function_url']).toBe(`${base}/`);
});

test('the response has the status, headers, cookies and body of the result', async () => {
  const result = { statusCode: 201, headers: { 'X-A': 'b' }, cookies: ['c=d'], body: 'text' };
  const { call } = await serveUrl({}, `exports.handler = async () => (${JSON.stringify(result)})`);
  const { status, text, headers } = await call('GET', '/');
  expect([status, text, headers['x-a'], headers['set-cookie']]).toEqual([201, 'text', 'b', ['c=d']]);
});

test('an error of the function is a 502', async () => {
  const { call, get } = await serveUrl({}, 'exports.handler = async () => { throw new Error("broken"); }');
  expect(await call('GET', '/')).toMatchObject({ status: 502, text: 'Internal Server Error' });
  expect((await get('/pets')).status).toBe(500);
});

test('a function without free instances answers 429', async () => {
  const { call } = await serveUrl({}, ECHO, ({ resource }) =>
    setAttribute(resource, FUNCTION, 'reserved_concurrent_executions', 0),
  );
  expect(await call('GET', '/')).toMatchObject({ status: 429, json: { message: 'Rate Exceeded.' } });
});

test('AWS_IAM refuses requests without a signature, and names the caller of signed requests', async () => {
  const { call } = await serveUrl({ authorization_type: 'AWS_IAM' }, ECHO);
  expect(await call('GET', '/')).toMatchObject({ status: 403, json: { Message: 'Forbidden' } });
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261130/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0';
  const { json } = await call('GET', '/', { headers: { authorization } });
  expect(json.event).toMatchObject({
    requestContext: { accountId: '000000000000', authorizer: { iam: { accessKey: 'AKIAEXAMPLE' } } },
  });
});

test('CORS answers preflight requests and replaces the headers of the function', async () => {
  const cors = { allow_origins: ['https://a.example'], allow_methods: ['GET'], allow_headers: ['x-a'], max_age: 60 };
  const source = "exports.handler = async () => ({ statusCode: 200, headers: { 'access-control-allow-origin': '*' } })";
  const { call } = await serveUrl({ cors }, source);
  const origin = 'https://a.example';
  const preflight = await call('OPTIONS', '/', { headers: { origin, 'access-control-request-method': 'GET' } });
  expect(preflight.status).toBe(200);
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET',
    'access-control-allow-headers': 'x-a',
    'access-control-max-age': '60',
  });
  expect((await call('GET', '/', { headers: { origin } })).headers['access-control-allow-origin']).toBe(origin);
});

test('a URL can invoke an alias', async () => {
  const { call } = await serveUrl({ qualifier: '${aws_lambda_alias.live.name}' }, ECHO, ({ resource }) => {
    setAttribute(resource, FUNCTION, 'publish', true);
    const alias = { name: 'live', function_name: '${aws_lambda_function.function.arn}' };
    resource['aws_lambda_alias'] = { live: { ...alias, function_version: '${aws_lambda_function.function.version}' } };
  });
  expect((await call('GET', '/')).json.arn).toMatch(/:pets-function:live$/);
});

test.each<[string, (template: Template) => void, string]>([
  [
    'it streams responses',
    (template) => addUrl(template, { invoke_mode: 'RESPONSE_STREAM' }),
    'invoke_mode = "RESPONSE_STREAM"',
  ],
  [
    'its function does not run here',
    ({ resource }) => setAttribute(resource, FUNCTION, 'runtime', 'python3.13'),
    'runtime = "python3.13"',
  ],
  [
    'its archive is missing',
    ({ resource }) => setAttribute(resource, FUNCTION, 'filename', 'gone.zip'),
    'gone.zip cannot be read',
  ],
])('a URL answers 501 if %s', async (_name, change, message) => {
  const { call, get } = await serveUrl({}, ECHO, change);
  const { status, json } = await call('GET', '/any/path');
  expect(status).toBe(501);
  expect(json.message).toContain(message);
  expect((await get('/health')).status).toBe(200);
});
