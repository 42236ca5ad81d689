/** Values that a plan does not contain: known only after the apply, or write-only. */
import { type Attack, type Attributes, planOf, resource } from '../build';

const UNKNOWN: readonly (readonly [type: string, name: string, before: unknown])[] = [
  ['aws_dynamodb_table', 'deletion_protection_enabled', true],
  ['aws_s3_bucket_acl', 'acl', 'private'],
  ['aws_api_gateway_method', 'authorization', 'AWS_IAM'],
  ['aws_sqs_queue', 'message_retention_seconds', 1209600],
  ['aws_db_instance', 'publicly_accessible', false],
  ['aws_ecr_lifecycle_policy', 'policy', '{"rules":[]}'],
  ['aws_cloudformation_stack', 'template_body', '{"Resources":{}}'],
  ['aws_lambda_permission', 'source_arn', 'arn:aws:sns:eu-central-1:123456789012:a'],
];

export const unknownValues: readonly Attack[] = [
  ...UNKNOWN.map(([type, name, before]) => unknownSetting(type, name, before)),
  ...([{ expiration: [{ days: true }] }, { status: true }] as const).map(unknownRule),
  {
    hides: 'another role for a policy, by a reference',
    ...{ reviewed: policyOfRole('own'), plan: policyOfRole('boss') },
    shows: /aws_iam_role\.boss\.id/,
  },
  {
    hides: 'a constant of a write-only argument',
    ...{ reviewed: writeOnly('Hb2-kaltwasser-58uT', 1), plan: writeOnly('Zq7-vonLindwurm-93xK', 2) },
    ...{ warns: /secret_string_wo/, secrets: ['Zq7-vonLindwurm-93xK', 'Hb2-kaltwasser-58uT'] },
  },
];

/** A lifecycle rule of a bucket whose days or status become unknown. */
function unknownRule(marks: Attributes): Attack {
  const days = 'expiration' in marks ? [{}] : [{ days: 90 }];
  const rule = (more: Attributes) => ({ bucket: 'a', rule: [{ id: 'a', ...more }] });
  const [before, after] = [rule({ status: 'Disabled', expiration: [{ days: 90 }] }), rule({ expiration: days })];
  const expressions = { bucket: { constant_value: 'a' }, rule: [{ status: { references: ['local.a'] } }] };
  const lifecycle = (change: Attributes, unknown: Attributes) =>
    planOf({
      resources: [
        resource(
          'aws_s3_bucket_lifecycle_configuration.a',
          before,
          { ...before, ...change },
          { after_unknown: unknown },
          { expressions },
        ),
      ],
    });
  return {
    hides: `a lifecycle rule with unknown ${Object.keys(marks).join()}`,
    reviewed: lifecycle({ expected_bucket_owner: 'b' }, {}),
    plan: lifecycle('status' in marks ? after : { rule: [{ id: 'a', status: 'Disabled', expiration: days }] }, {
      rule: [marks],
    }),
    warns: /known only after the apply/,
  };
}

/** A policy of one of two new roles. The role's id is known only after the apply. */
function policyOfRole(role: string): string {
  const address = `aws_iam_role.${role}`;
  const roles = ['own', 'boss'].map((name) =>
    resource(`aws_iam_role.${name}`, null, { name }, { after_unknown: { id: true } }),
  );
  const policy = resource(
    'aws_iam_role_policy.a',
    null,
    { policy: '{}' },
    { after_unknown: { role: true } },
    { expressions: { role: { references: [`${address}.id`, address] } } },
  );
  return planOf({ resources: [...roles, policy] });
}

function writeOnly(secret: string, newVersion: number): string {
  const version = (number: number) => ({ secret_string_wo: null, secret_string_wo_version: number });
  const expressions = { secret_string_wo: { constant_value: secret }, secret_string_wo_version: { constant_value: 2 } };
  const change = resource(
    'aws_secretsmanager_secret_version.a',
    { ...version(1), tags: {} },
    { ...version(newVersion), tags: { shift: 'night' } },
    {},
    { expressions },
  );
  return planOf({ resources: [change] });
}

function unknownSetting(type: string, name: string, before: unknown): Attack {
  const expressions = { [name]: { references: ['aws_thing.b.out', 'aws_thing.b'] } };
  const setting = { name: 'a', [name]: before };
  return {
    hides: `${name} of ${type}, known only after the apply`,
    reviewed: planOf({ resources: [resource(`${type}.a`, setting, { ...setting, name: 'b' }, {}, { expressions })] }),
    plan: planOf({
      resources: [resource(`${type}.a`, setting, { name: 'b' }, { after_unknown: { [name]: true } }, { expressions })],
    }),
    warns: new RegExp(`${type}\\.a .*${name}`),
  };
}
