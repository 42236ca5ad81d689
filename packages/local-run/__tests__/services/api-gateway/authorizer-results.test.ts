/** Policies that the functions of Lambda authorizers return. */
import {
  AuthorizerResultError,
  readPolicyResult,
  readSimpleResponse,
} from '../../../src/services/api-gateway/lambda-authorizer/results';

const METHOD = 'arn:aws:execute-api:us-east-1:000000000000:abcdef1234/prod/GET/pets';

const ALLOW = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' };

function read(...conditions: readonly object[]) {
  const denials = conditions.map((condition) => ({ ...ALLOW, Effect: 'Deny', Condition: condition }));
  const policyDocument = { Version: '2012-10-17', Statement: [ALLOW, ...denials] };
  return readPolicyResult({ principalId: 'ada', policyDocument }, { flatContext: true });
}

test.each([
  ['aws:RequestedRegion', 'us-east-1', 'explicitDeny'],
  ['aws:RequestedRegion', 'eu-west-1', 'allowed'],
  ['aws:SecureTransport', 'true', 'explicitDeny'],
  ['aws:SecureTransport', 'false', 'allowed'],
])('a Deny for %s = %s decides: %s', (key, value, decision) => {
  expect(read({ StringEquals: { [key]: value } }).decide(METHOD)).toBe(decision);
});

test.each(['aws:PrincipalArn', 'aws:PrincipalAccount', 'dynamodb:LeadingKeys', 'lambda:SourceFunctionArn'])(
  'a policy with the condition key %s is an error: its values are unknown',
  (key) => {
    const readPolicy = () => read({ 'ForAnyValue:StringEquals': { [key]: 'a' } });
    expect(readPolicy).toThrow(AuthorizerResultError);
    expect(readPolicy).toThrow(`the condition key ${key} is not supported by the local run`);
  },
);

test('the log says why a caller was refused', () => {
  const { reasonOf } = readSimpleResponse({ isAuthorized: false });
  expect(reasonOf('implicitDeny')).toBe('the authorizer returned isAuthorized false');
  expect(read().reasonOf('implicitDeny')).toBe('the policy of the authorizer does not allow it');
  expect(read().reasonOf('explicitDeny')).toBe('the policy of the authorizer denies it');
});
