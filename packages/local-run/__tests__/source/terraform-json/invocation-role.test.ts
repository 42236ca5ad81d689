/** Roles with which an integration invokes its function. */
import { changedPets, readDeployment, setAttribute } from '../../support/deployed-pets';

/** Whether the API may invoke the function of `GET /pets`, which has no permission. */
function isPermitted(actions: readonly string[], service = 'apigateway.amazonaws.com') {
  const template = changedPets(({ resource }) => {
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } };
    const statement = { Effect: 'Allow', Action: actions, Resource: '${aws_lambda_function.function.arn}' };
    resource['aws_lambda_permission'] = {};
    Object.assign(resource['aws_iam_role'] ?? {}, {
      gateway: { name: 'gateway', assume_role_policy: JSON.stringify({ Statement: trust }) },
    });
    Object.assign(resource['aws_iam_role_policy'] ?? {}, {
      gateway: { role: '${aws_iam_role.gateway.name}', policy: JSON.stringify({ Statement: statement }) },
    });
    const integration = 'aws_apigatewayv2_integration.function';
    setAttribute(resource, integration, 'credentials_arn', '${aws_iam_role.gateway.arn}');
  });
  const { apis } = readDeployment(template);
  return apis[0]?.routes.find(({ routeKey }) => routeKey === 'GET /pets')?.permitted;
}

test('a role that may invoke the function replaces a permission', () => {
  expect(isPermitted(['lambda:InvokeFunction'])).toBe(true);
});

test.each([
  ['may not invoke the function', ['lambda:GetFunction'], undefined],
  ['API Gateway cannot assume', ['lambda:InvokeFunction'], 'lambda.amazonaws.com'],
])('a role that %s does not', (_name, actions, service) => {
  expect(isPermitted(actions, service)).toBe(false);
});

test('a role of another stack is not simulated', () => {
  const role = 'arn:aws:iam::000000000000:role/other';
  const template = changedPets(({ resource }) =>
    setAttribute(resource, 'aws_apigatewayv2_integration.function', 'credentials_arn', role),
  );
  const causes = readDeployment(template).notSimulated;
  expect(causes).toEqual([expect.objectContaining({ attribute: 'credentials_arn', found: JSON.stringify(role) })]);
});
