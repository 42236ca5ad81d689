/** Tests the simulator that the tests of the pipeline's policies use. */
import { callLine, readCallLine } from './call';
import { Principal } from './principal';
import { type PolicyDocument, statementsOf } from './read-policy';
import { documentAt } from './terraform-policies';

const policy = (...statements: object[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements as PolicyDocument['Statement'],
});

const allow = (action: string, others: object = {}) => ({ Effect: 'Allow', Action: action, Resource: '*', ...others });
const deny = (action: string, others: object = {}) => ({ ...allow(action, others), Effect: 'Deny' });

const arn = 'arn:aws:iam::111122223333:role/r';
const read = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };

test('a call needs an Allow in an identity policy and in the boundary', () => {
  const decide = (identity: PolicyDocument[], boundary?: PolicyDocument) =>
    new Principal({ arn, identity, ...(boundary && { boundary }) }).decide(read);
  const [reads, writes] = [policy(allow('s3:Get*')), policy(allow('s3:PutObject'))];
  expect(decide([reads])).toBe('allowed');
  expect(decide([writes, reads], reads)).toBe('allowed');
  expect(decide([writes])).toBe('implicitDeny');
  expect(decide([reads], writes)).toBe('implicitDeny');
  expect(decide([writes], reads)).toBe('implicitDeny');
});

test('a Deny wins in an identity policy, in the boundary and in the policy of a resource', () => {
  const [reads, denies] = [policy(allow('s3:*')), policy(allow('s3:*'), deny('s3:GetObject'))];
  const decide = (policies: object) => new Principal({ arn, identity: [reads], ...policies }).decide(read);
  expect(decide({ identity: [reads, denies] })).toBe('explicitDeny');
  expect(decide({ boundary: denies })).toBe('explicitDeny');
  expect(decide({ resources: [policy(deny('s3:GetObject', { Principal: '*' }))] })).toBe('explicitDeny');
  expect(decide({ resources: [policy(allow('s3:PutObject', { Principal: '*' }))] })).toBe('allowed');
});

test('an Allow in the policy of a resource grants nothing here', () => {
  const resources = [policy(allow('s3:*', { Principal: '*' }))];
  expect(new Principal({ arn, identity: [policy(allow('s3:PutObject'))], resources }).decide(read)).toBe(
    'implicitDeny',
  );
});

test('condition keys are compared without regard to case, and a missing key fails StringEquals', () => {
  const condition = { Condition: { StringEquals: { 'iam:PermissionsBoundary': ['b1', 'b2'] } } };
  const principal = new Principal({ arn, identity: [policy(allow('iam:CreateRole', condition))] });
  const create = (context?: Record<string, string>) =>
    principal.decide({ action: 'iam:CreateRole', resource: arn, ...(context && { context }) });
  expect(create({ 'IAM:permissionsboundary': 'b2' })).toBe('allowed');
  expect(create({ 'iam:PermissionsBoundary': 'b3' })).toBe('implicitDeny');
  expect(create()).toBe('implicitDeny');
});

test.each([
  ['an element', allow('s3:*', { NotPrincipal: '*' }), 'NotPrincipal'],
  ['an operator', allow('s3:*', { Condition: { NumericLessThan: { 's3:max-keys': '1' } } }), 'NumericLessThan'],
  ['an effect', { ...allow('s3:*'), Effect: 'allow' }, 'Effect "allow"'],
  ['a reference', { ...allow('s3:*'), Resource: '${aws_s3_bucket.b.arn}' }, 'aws_s3_bucket.b.arn'],
  ['a statement without an action', { Effect: 'Allow', Resource: '*' }, 'no Action'],
])('refuses a part of a policy that the simulator does not support: %s', (_name, statement, message) => {
  expect(() => statementsOf(policy(statement))).toThrow(message);
});

test('a reference of Terraform that the simulator cannot resolve is an error', () => {
  const data = { aws_iam_policy_document: { p: { statement: [{ actions: ['s3:*'], resources: ['${local.x}'] }] } } };
  expect(() => documentAt('${data.aws_iam_policy_document.p.json}', { resource: {}, data })).toThrow('${local.x}');
});

test('readCallLine reads the call that callLine wrote', () => {
  const call = { ...read, context: { 'aws:TagKeys': ['a', 'b'], 's3:prefix': ['acme/'] } };
  expect(readCallLine(callLine(call))).toEqual(call);
  expect(() => readCallLine('s3:GetObject')).toThrow('is not a call');
});
