/** Replaces the function of a Lambda authorizer while the API stays. */
import { setTimeout } from 'node:timers/promises';
import { setAttribute } from '../support/deployed-pets';
import type { Template } from '../support/pets';
import { servePets } from '../support/served-pets';

const serve = servePets();

/** The function of the pets is the authorizer of GET /health. */
function addAuthorizer({ resource }: Template): void {
  resource['aws_apigatewayv2_authorizer'] = {
    gate: {
      api_id: '${aws_apigatewayv2_api.api.id}',
      name: 'gate',
      authorizer_type: 'REQUEST',
      authorizer_uri: '${aws_lambda_function.function.invoke_arn}',
      authorizer_payload_format_version: '2.0',
      enable_simple_responses: true,
      identity_sources: ['$request.querystring.user'],
      authorizer_result_ttl_in_seconds: 300,
    },
  };
  resource['aws_lambda_permission'] = {
    ...resource['aws_lambda_permission'],
    gate: {
      action: 'lambda:InvokeFunction',
      function_name: '${aws_lambda_function.function.function_name}',
      principal: 'apigateway.amazonaws.com',
      source_arn: '${aws_apigatewayv2_api.api.execution_arn}/authorizers/*',
    },
  };
  setAttribute(resource, 'aws_apigatewayv2_route.health', 'authorization_type', 'CUSTOM');
  setAttribute(resource, 'aws_apigatewayv2_route.health', 'authorizer_id', '${aws_apigatewayv2_authorizer.gate.id}');
}

const authorizerSource = (isAuthorized: boolean) => `exports.handler = async () => ({ isAuthorized: ${isAuthorized} })`;

test('a reload that changes the function of an authorizer empties its cache', async () => {
  const before = await serve(addAuthorizer, { source: authorizerSource(true) });
  expect((await before.get('/health?user=ada')).status).toBe(200);
  const after = await serve(addAuthorizer, { source: authorizerSource(false) });
  expect((await after.get('/health?user=ada')).status).toBe(403);
});

/** An authorizer that takes a second. The function of GET /health has the same code, and answers with the version. */
const slowSource = (version: string) => `exports.handler = async ({ type }) => {
  if (type !== 'REQUEST') return { statusCode: 200, body: '${version}' };
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return { isAuthorized: true };
}`;

test('a request that waits for its authorizer finishes on the version that it began on', async () => {
  const before = await serve(addAuthorizer, { source: slowSource('one') });
  const pending = before.get('/health?user=early');
  await setTimeout(200);
  const after = await serve(addAuthorizer, { source: slowSource('two') });
  const later = after.get('/health?user=late');
  expect((await pending).text).toBe('one');
  expect((await later).text).toBe('two');
});
