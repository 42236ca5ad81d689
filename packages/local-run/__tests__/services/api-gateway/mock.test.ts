/** MOCK integrations of REST APIs: the headers of their responses. */
import { testRefusals } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';
import { send } from '../../support/http';
import { servePets } from '../../support/served-pets';

const serve = servePets();

const REST = 'aws_api_gateway_rest_api.rest';

const body = (headers: Readonly<Record<string, string>>, templates: Readonly<Record<string, string>> = {}) => ({
  openapi: '3.0.1',
  paths: {
    '/status': {
      get: {
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': '{"statusCode": 200}' },
          responses: {
            default: {
              statusCode: '200',
              responseParameters: Object.fromEntries(
                Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]),
              ),
              responseTemplates: templates,
            },
          },
        },
      },
    },
  },
});

const addApi =
  (document: object) =>
  ({ resource }: Template) => {
    resource['aws_api_gateway_rest_api'] = { rest: { name: 'rest', body: JSON.stringify(document) } };
    resource['aws_api_gateway_deployment'] = { rest: { rest_api_id: `\${${REST}.id}` } };
    resource['aws_api_gateway_stage'] = {
      rest: {
        ...{ rest_api_id: `\${${REST}.id}`, deployment_id: '${aws_api_gateway_deployment.rest.id}', stage_name: 'v1' },
        variables: { tenant: 'acme' },
      },
    };
  };

async function answer(...document: Parameters<typeof body>) {
  const served = await serve(addApi(body(...document)));
  return send(served.urlOf(REST), 'GET', '/v1/status');
}

test('headers have texts, context variables and stage variables', async () => {
  const { headers } = await answer({
    'X-Text': "'it''s'",
    'X-Request': 'context.requestId',
    'X-Caller': 'context.identity.sourceIp',
    'X-Tenant': 'stageVariables.tenant',
  });
  expect(headers).toMatchObject({ 'x-text': "it''s", 'x-caller': '127.0.0.1', 'x-tenant': 'acme' });
  expect(headers['x-request']).toBe(headers['x-amzn-requestid']);
});

test('a variable without a value sets no header', async () => {
  const { headers } = await answer({
    'X-Principal': 'context.authorizer.principalId',
    'X-Identity': 'context.identity',
    'X-None': 'stageVariables.none',
    'X-Body': 'integration.response.body.name',
  });
  expect(Object.keys(headers).filter((name) => /^x-(principal|identity|none|body)$/.test(name))).toEqual([]);
});

test('a template overrides a header', async () => {
  const template = '#set($context.responseOverride.header.X-Tenant = "other")ok';
  const { headers, text } = await answer({ 'X-Tenant': 'stageVariables.tenant' }, { 'text/plain': template });
  expect({ tenant: headers['x-tenant'], text }).toEqual({ tenant: 'other', text: 'ok' });
});

testRefusals(
  ['*', 'method.request.header.origin', 'context.', "'*"].map((value) => [
    `the value ${value} of a header`,
    addApi(body({ 'X-Text': value })),
    /API Gateway refuses method\.response\.header\.X-Text = /,
  ]),
);
