/** Policies that the functions of Lambda authorizers return. */
import {
  AuthorizerResultError,
  readPolicyResult,
  readSimpleResponse,
} from '../../../src/services/api-gateway/lambda-authorizer/results';

const METHOD = 'arn:aws:execute-api:us-east-1:000000000000:abcdef1234/prod/GET/pets';

const REQUEST = { sourceIp: '127.0.0.1', rawHeaders: ['Referer', 'https://example.com/'] };

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
  ['aws:Referer', 'https://example.com/', 'explicitDeny'],
  ['aws:UserAgent', 'curl', 'allowed'],
  ['aws:SourceVpce', 'vpce-1', 'allowed'],
])('a Deny for %s = %s decides: %s', (key, value, decision) => {
  expect(read({ StringEquals: { [key]: value } }).decide(METHOD, REQUEST)).toBe(decision);
});

test.each([
  ['IpAddress', ['10.0.0.0/8', '127.0.0.0/8'], 'explicitDeny'],
  ['IpAddress', '127.0.0.2', 'allowed'],
  ['IpAddress', '2001:db8::/32', 'allowed'],
  ['NotIpAddress', '127.0.0.1', 'allowed'],
  ['NotIpAddress', '10.0.0.0/8', 'explicitDeny'],
])('a Deny with %s of %j decides: %s', (operator, ranges, decision) => {
  expect(read({ [operator]: { 'aws:SourceIp': ranges } }).decide(METHOD, REQUEST)).toBe(decision);
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
