/** Warnings about policies, by the resource that they belong to: new, existing or deleted. */
import { parsePlan } from '../src';
import { policy, warningTexts } from './support/warnings';
import { planWith, rawPlan, resource } from './support/plans';

const get = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }] });

test('the deletion of a bucket with its policy causes no warning about the policy', () => {
  const deny = { bucket: 'b', ...policy({ Effect: 'Deny', Action: 's3:*', Resource: '*', Principal: '*' }) };
  const bucket = ['aws_s3_bucket', { id: 'b', bucket: 'b' }, null] as const;
  const accessTexts = (...changes: (readonly [string, unknown, unknown])[]) =>
    warningTexts(planWith(...changes)).filter((text) => text.startsWith('access'));
  expect(accessTexts(bucket, ['aws_s3_bucket_policy', deny, null])).toEqual([]);
  expect(accessTexts(['aws_s3_bucket_policy', deny, null])).toEqual([
    'access: aws_s3_bucket_policy.r0 no longer denies `s3:*`',
  ]);
});

describe('a policy belongs to an existing resource', () => {
  const AWS = 'registry.terraform.io/hashicorp/aws';
  const created = (type: string, after: object, provider_name = AWS) => ({
    ...resource(type, { actions: ['create'], before: null, after, after_unknown: { id: true } } as never, 'new'),
    provider_name,
  });
  const warnings = (parent: object, type: string, change: object, expressions: object) => {
    const child = { ...resource(type, { actions: ['create'], before: null, ...change }), provider_name: AWS };
    const configured = { address: `${type}.a`, mode: 'managed', type, name: 'a', expressions };
    const raw = { ...rawPlan(parent as never, child), configuration: { root_module: { resources: [configured] } } };
    return warningTexts(parsePlan(raw, 'plan.json', 's')).filter((text) => text.includes(`${type}.a`));
  };
  const references = (address: string) => ({ references: [`${address}.name`, address] });

  test('that a condition chooses, beside a new one', () => {
    const change = { after: { role: 'old', policy: get } };
    const role = references('aws_iam_role.new');
    expect(warnings(created('aws_iam_role', { name: 'new' }), 'aws_iam_role_policy', change, { role })).toHaveLength(1);
    expect(warnings(created('aws_iam_role', { name: 'old' }), 'aws_iam_role_policy', change, { role })).toEqual([]);
  });

  test.each([
    ['aws_iam_role_policy', 'role'],
    ['aws_sqs_queue_policy', 'queue_url'],
  ])('whose name a new resource passes on: %s', (type, owner) => {
    const change = { after: { policy: get }, after_unknown: { [owner]: true } };
    const carrier = created('terraform_data', { input: 'old' }, 'terraform.io/builtin/terraform');
    expect(warnings(carrier, type, change, { [owner]: references('terraform_data.new') })).toHaveLength(1);
  });

  test('although its own name refers to a new resource', () => {
    const change = { after: { identity: 'example.com', policy: get }, after_unknown: { name: true } };
    const name = references('aws_sns_topic.new');
    expect(warnings(created('aws_sns_topic', {}), 'aws_ses_identity_policy', change, { name })).toHaveLength(1);
  });
});
