/** Stacks of contracts with authorizer functions and with Amazon Cognito. */
import { desks, diaries, rooms } from '../support/caller-contracts';
import { synth, type Synthesized } from '../support/synth';

const statementsOf = ({ data }: Synthesized, name: string) =>
  (data['aws_iam_policy_document']?.[`${name}_permissions`] as { statement: { actions: string[] }[] }).statement;

describe('an authorizer function', () => {
  const stack = synth(desks, { permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary', xrayTracing: true });

  test('has a role, a log group and a boundary of its own, and no access to the table', () => {
    const { resource } = stack;
    expect(resource['aws_lambda_function']?.['authorizer-gate']).toMatchObject({
      function_name: 'desks-function-authorizer-gate',
      role: '${aws_iam_role.authorizer-gate.arn}',
      environment: { variables: { POWERTOOLS_SERVICE_NAME: 'desks' } },
      tracing_config: { mode: 'Active' },
    });
    expect(resource['aws_iam_role']?.['authorizer-gate']).toMatchObject({
      name: 'desks-role-authorizer-gate',
      permissions_boundary: 'arn:aws:iam::111122223333:policy/boundary',
    });
    expect(resource['aws_cloudwatch_log_group']?.['authorizer-gate']).toMatchObject({
      name: '/aws/lambda/desks-function-authorizer-gate',
      retention_in_days: 14,
    });
    expect(statementsOf(stack, 'authorizer-gate').flatMap(({ actions }) => actions)).toEqual([
      ...['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    ]);
  });

  test('of an HTTP API gives simple responses, cached by header and route', () => {
    const { resource } = stack;
    expect(resource['aws_apigatewayv2_authorizer']).toMatchObject({
      gate: {
        authorizer_type: 'REQUEST',
        authorizer_payload_format_version: '2.0',
        enable_simple_responses: true,
        identity_sources: ['$request.header.x-session', '$context.routeKey'],
        authorizer_result_ttl_in_seconds: 300,
        authorizer_uri: '${aws_lambda_alias.authorizer-gate.invoke_arn}',
      },
    });
    for (const route of Object.values(resource['aws_apigatewayv2_route'] ?? {})) {
      expect(route).toMatchObject({
        authorization_type: 'CUSTOM',
        authorizer_id: '${aws_apigatewayv2_authorizer.gate.id}',
      });
    }
    expect(resource['aws_lambda_permission']?.['authorizer_gate']).toMatchObject({
      function_name: '${aws_lambda_function.authorizer-gate.function_name}',
      qualifier: '${aws_lambda_alias.authorizer-gate.name}',
      principal: 'apigateway.amazonaws.com',
      source_arn: '${aws_apigatewayv2_api.api.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.gate.id}',
    });
  });

  test('of a REST API is cached by header, method and path', () => {
    const { resource } = synth(rooms);
    expect(resource['aws_api_gateway_authorizer']).toMatchObject({
      gate: {
        type: 'REQUEST',
        identity_source: 'method.request.header.X-Session,context.httpMethod,context.resourcePath',
        authorizer_result_ttl_in_seconds: 60,
        authorizer_uri: '${aws_lambda_alias.authorizer-gate.invoke_arn}',
      },
    });
    expect(resource['aws_api_gateway_method']?.['get_rooms']).toMatchObject({
      authorization: 'CUSTOM',
      authorizer_id: '${aws_api_gateway_authorizer.gate.id}',
      api_key_required: false,
    });
    expect(resource['aws_lambda_permission']?.['authorizer_gate'].source_arn).toBe(
      '${aws_api_gateway_rest_api.api.execution_arn}/authorizers/${aws_api_gateway_authorizer.gate.id}',
    );
  });

  test('of a REST API triggers a new deployment when its settings change', () => {
    const triggerOf = (gate: object) =>
      synth({ ...rooms, auth: { ...rooms.auth, authorizers: { gate: { ...rooms.auth.authorizers.gate, ...gate } } } })
        .resource['aws_api_gateway_deployment']?.['api'].triggers.redeployment as string;
    const triggers = [triggerOf({}), triggerOf({ cacheSeconds: 0 }), triggerOf({ header: 'x-other' })];
    expect(new Set(triggers).size).toBe(3);
  });

  test('and a handler whose function would have the same name get different names', () => {
    const handler = { handler: 'authorizerGate', responses: { 204: { description: 'Done' } } };
    const contract = { ...desks, routes: { ...desks.routes, 'POST /gates': handler } } as const;
    const functions = synth(contract, { functionPerRoute: true }).resource['aws_lambda_function'] ?? {};
    const names = Object.values(functions).map(({ function_name: name }) => name as string);
    expect(names).toHaveLength(5);
    expect(new Set(names).size).toBe(5);
  });
});

test('a REST API checks tokens of Amazon Cognito, with the scopes of the route', () => {
  const { resource } = synth(diaries);
  expect(resource['aws_api_gateway_authorizer']).toMatchObject({
    cognito: {
      type: 'COGNITO_USER_POOLS',
      provider_arns: diaries.auth.cognito.userPoolArns,
      identity_source: 'method.request.header.Authorization',
    },
  });
  const methods = resource['aws_api_gateway_method'] ?? {};
  const authorizer = '${aws_api_gateway_authorizer.cognito.id}';
  expect(methods['get_diaries_dayid']).toMatchObject({
    authorization: 'COGNITO_USER_POOLS',
    authorizer_id: authorizer,
  });
  expect(methods['get_diaries_dayid']).not.toHaveProperty('authorization_scopes');
  expect(methods['delete_diaries_dayid']).toMatchObject({
    authorization: 'COGNITO_USER_POOLS',
    authorization_scopes: ['diaries/delete', 'diaries/admin'],
  });
});
