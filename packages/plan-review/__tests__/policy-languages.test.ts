/** Warnings about policies in a language that no rule reads, and about new policies that the plan lacks. */
import { parsePlan } from '../src';
import { references } from './support/configuration';
import { planWith, rawPlan, resource } from './support/plans';
import { allow, changeWarnings, policy, warningTexts } from './support/warnings';

const NOT_IAM = /^hidden: has a policy in .* that is not an IAM policy/;

test.each([
  ['aws_verifiedaccess_instance', 'policy', 'permit(principal, action, resource);'],
  ['vault_policy', 'policy', 'path "*" { capabilities = ["sudo"] }'],
  ['example_access_policy', 'definition', '{"Rules":[{"Resource":["index/*/*"]}]}'],
  ['example_service', 'access_policy', '[{"Principal":["*"]}]'],
  ['aws_organizations_policy', 'content', '{"Allow":"*"}'],
])('warns of a changed policy in another language: %s.%s', (type, name, after) => {
  expect(changeWarnings(type, { [name]: 'forbid (all);' }, { [name]: after })).toEqual([
    expect.stringMatching(NOT_IAM),
  ]);
});

test.each([
  ['aws_ecr_lifecycle_policy', 'policy', '{"rules":[]}'],
  ['aws_dlm_lifecycle_policy', 'policy', 'a b'],
  ['aws_iot_policy_attachment', 'policy', 'readers'],
  ['aws_s3_bucket_policy', 'policy', '{"Statement":[]}'],
  ['aws_s3_bucket_policy', 'policy', '{}'],
  ['aws_sqs_queue', 'redrive_policy', '{"maxReceiveCount":3}'],
  ['aws_lb_listener', 'ssl_policy', 'ELBSecurityPolicy-2016-08'],
])('does not take %s.%s for a policy in another language', (type, name, after) => {
  expect(changeWarnings(type, { [name]: 'old policy' }, { [name]: after })).not.toContainEqual(
    expect.stringMatching(NOT_IAM),
  );
});

describe('a policy that is known only after the apply', () => {
  const bucket = resource('aws_s3_bucket', {
    ...{ actions: ['create'], before: null, after: { bucket: 'a' }, after_unknown: { arn: true, policy: true } },
  });
  const role = resource('aws_iam_role', { actions: ['create'], before: null, after: { name: 'a' } });
  const texts = (type: string, after: object, unknown: object, expressions: object) =>
    warningTexts(
      parsePlan(
        {
          ...rawPlan(
            bucket,
            ...(type === 'aws_iam_role' ? [] : [role]),
            resource(type, { actions: ['create'], before: null, after, after_unknown: unknown } as never),
          ),
          configuration: {
            root_module: {
              resources: [
                { address: 'aws_s3_bucket.a', expressions: { bucket: { constant_value: 'a' } } },
                { address: 'aws_iam_role.a', expressions: { name: { constant_value: 'a' } } },
                { address: `${type}.a`, expressions },
              ],
            },
          },
        },
        'plan.json',
        'stack',
      ),
    );
  const arn = references('aws_s3_bucket.a.arn', 'aws_s3_bucket.a');
  const ofRole = references('aws_iam_role.a.id', 'aws_iam_role.a');
  const ofBucket = references('aws_s3_bucket.a.id', 'aws_s3_bucket.a');

  test.each([
    ['aws_iam_role_policy', {}, { policy: true, role: true }, { policy: arn, role: ofRole }],
    ['aws_iam_policy', { name: 'a' }, { policy: true }, { policy: arn }],
    ['aws_s3_bucket_policy', {}, { policy: true, bucket: true }, { policy: arn, bucket: ofBucket }],
    ['aws_sqs_queue', { name: 'a' }, { policy: true }, { policy: arn }],
  ])('of a new resource cannot be reviewed: %s', (type, after, unknown, expressions) => {
    expect(texts(type, after, unknown, expressions)).toEqual([
      `hidden: ${type}.a has a policy in \`policy\` that is known only after the apply: check in the code what it allows`,
    ]);
  });

  test.each([
    ['aws_sqs_queue', { name: 'a' }, { policy: true }, { name: { constant_value: 'a' } }],
    ['aws_vpc_endpoint', {}, { policy: true }, { vpc_id: references('aws_vpc.a') }],
  ])('causes no warning if AWS computes it: %s', (type, after, unknown, expressions) => {
    expect(texts(type, after, unknown, expressions)).toEqual([]);
  });

  test('causes no warning if the plan has the arguments of its document, unless they allow everything', () => {
    const source = 'data.aws_iam_policy_document.a';
    const found = (action: string) => {
      const statement = [{ effect: 'Allow', actions: [action], resources: [null] }];
      const after_unknown = { json: true, statement: [{ resources: [true] }] };
      const read = {
        ...{ address: source, mode: 'data', type: 'aws_iam_policy_document' },
        change: { actions: ['read'], before: null, after: { statement }, after_unknown },
      };
      const change = { actions: ['create'], before: null, after: { name: 'a' }, after_unknown: { policy: true } };
      const expressions = { policy: references(`${source}.json`, source) };
      const configuration = { root_module: { resources: [{ address: 'aws_iam_policy.a', expressions }] } };
      const raw = { ...rawPlan(resource('aws_iam_policy', change), read as never), configuration };
      return warningTexts(parsePlan(raw, 'plan.json', 'stack'));
    };
    expect(found('s3:GetObject')).toEqual([]);
    expect(found('*')).toEqual([expect.stringContaining('allows every action that matches `*`')]);
  });

  test('a known policy of a new resource causes no such warning', () => {
    expect(warningTexts(planWith(['aws_iam_policy', null, policy(allow({}))]))).toEqual([]);
  });
});
