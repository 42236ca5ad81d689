/** Stages of an HTTP API, as callers see them. */
import { setAttribute } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';
import { servePets } from '../../support/served-pets';

const serve = servePets();

const ECHO = 'exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) })';
const API = '${aws_apigatewayv2_api.api.id}';
const STAGE = 'aws_apigatewayv2_stage.default';

const serveEcho = (change: (template: Template) => void) =>
  serve(
    (template) => {
      template.resource['aws_lambda_permission'] = {
        all: {
          action: 'lambda:InvokeFunction',
          function_name: '${aws_lambda_function.function.arn}',
          principal: 'apigateway.amazonaws.com',
          source_arn: '${aws_apigatewayv2_api.api.execution_arn}/*/*',
        },
      };
      change(template);
    },
    { source: ECHO },
  );

const addStage = ({ resource }: Template, name: string, more: object = {}) =>
  Object.assign(resource['aws_apigatewayv2_stage'] ?? {}, {
    [name]: { api_id: API, name, auto_deploy: true, ...more },
  });

test('a named stage is the first segment of the path', async () => {
  const { get } = await serveEcho(({ resource }) => setAttribute(resource, STAGE, 'name', 'dev'));
  expect(await get('/dev/pets')).toMatchObject({ status: 200, json: { rawPath: '/dev/pets' } });
  expect(await get('/pets')).toMatchObject({ status: 404, json: { message: 'Not Found' } });
});

test('named stages stand beside $default, each with its variables', async () => {
  const { get } = await serveEcho((template) => {
    setAttribute(template.resource, STAGE, 'stage_variables', { table: 'a' });
    addStage(template, 'dev', { stage_variables: { table: 'b' } });
    addStage(template, 'prod');
  });
  const seen = await Promise.all(['/pets', '/dev/pets', '/prod/pets'].map(get));
  expect(seen.map(({ json }) => [json.requestContext.stage, json.stageVariables])).toEqual([
    ['$default', { table: 'a' }],
    ['dev', { table: 'b' }],
    ['prod', undefined],
  ]);
  expect((await get('/other/pets')).status).toBe(404);
});

test('a stage without a deployment has no routes', async () => {
  const { get } = await serveEcho((template) => {
    addStage(template, 'manual', { auto_deploy: false });
    addStage(template, 'deployed', {
      auto_deploy: false,
      deployment_id: '${aws_apigatewayv2_deployment.one.id}',
    });
    template.resource['aws_apigatewayv2_deployment'] = { one: { api_id: API, triggers: { a: '${x()}' } } };
  });
  expect((await get('/manual/pets')).status).toBe(404);
  expect((await get('/deployed/pets')).status).toBe(200);
});

test('a stage variable selects the function of an integration', async () => {
  const uri =
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/' +
    'arn:aws:lambda:us-east-1:000000000000:function:$${stageVariables.name}/invocations';
  const { get } = await serveEcho((template) => {
    setAttribute(template.resource, 'aws_apigatewayv2_integration.function', 'integration_uri', uri);
    setAttribute(template.resource, STAGE, 'stage_variables', { name: 'pets-function' });
    addStage(template, 'broken', { stage_variables: { name: 'nobody' } });
  });
  expect((await get('/pets')).status).toBe(200);
  expect((await get('/broken/pets')).status).toBe(501);
});

test('without a payload format, functions get format 1.0', async () => {
  const { get } = await serveEcho(({ resource }) =>
    setAttribute(resource, 'aws_apigatewayv2_integration.function', 'payload_format_version', undefined),
  );
  expect((await get('/pets')).json).toMatchObject({ version: '1.0', resource: '/pets', stageVariables: null });
});

test('quick create makes the route $default, with payload format 2.0', async () => {
  const { get } = await serveEcho(({ resource }) => {
    for (const type of ['integration', 'route', 'stage']) resource[`aws_apigatewayv2_${type}`] = {};
    setAttribute(resource, 'aws_apigatewayv2_api.api', 'target', '${aws_lambda_function.function.arn}');
  });
  expect((await get('/any/path')).json).toMatchObject({ version: '2.0', routeKey: '$default', rawPath: '/any/path' });
});
