/** Policies that a sensitive mark hides, or that are known only after the apply. */
import { allow, type Attack, type Attributes, document, OWN, planOf, resource, type Resource, TABLE } from '../build';

const ROLE = { role: 'ferry', name: 'timetable', id: 'ferry:timetable' };
const NARROW = document(allow());
const WIDE = document(allow({ Action: '*', Resource: '*' }));

/** The policy of an existing role changes. */
const policy = (after: Attributes, change: Attributes = {}, more: Attributes = {}): Resource =>
  resource('aws_iam_role_policy.ferry', { ...ROLE, policy: NARROW }, { ...ROLE, ...after }, change, more);

/** Harmless texts that a sensitive output marks, and that also occur in a policy. */
const MARKED = [
  OWN,
  '2012-10-17',
  'eu-central-1',
  'Allow',
  'dynamodb:GetItem',
  TABLE,
  'arn:aws:dynamodb',
  document(allow({ Action: '*' })),
];

/** A sensitive output with a text of the policy. */
function markedOutput(text: string): Attack {
  const output = { actions: ['no-op'], before: text, after: text, before_sensitive: true, after_sensitive: true };
  const plan = (after: string) =>
    planOf({ resources: [policy({ policy: after })], output_changes: { marked: { ...output, after_unknown: false } } });
  return {
    hides: `a policy behind the sensitive output ${text}`,
    ...{ reviewed: plan(document(allow({ Sid: 'A' }))), plan: plan(WIDE) },
    ...{ warns: /more actions: \*/, shows: /Action: "\*"/ },
  };
}

/** Attributes that hold a policy, in any resource. */
const NAMES = ['policy', 'assume_role_policy', 'access_policy', 'access_policies', 'policy_document', 'key_policy'];

function unknownPolicy(name: string): Attack {
  const expressions = { [name]: { references: ['aws_thing.b.json', 'aws_thing.b'] } };
  const plan = (after: Attributes, unknown: Attributes) =>
    planOf({
      resources: [
        resource(
          'aws_thing.a',
          { a: 1, [name]: NARROW },
          { a: 2, ...after },
          { after_unknown: unknown },
          { expressions },
        ),
      ],
    });
  return {
    hides: `a policy in ${name} that is known only after the apply`,
    ...{ reviewed: plan({ [name]: NARROW }, {}), plan: plan({}, { [name]: true }) },
    warns: /known only after the apply/,
  };
}

const marked = { policy: true };
const DOCUMENT = 'data.aws_iam_policy_document.ferry';

export const hiddenPolicies: readonly Attack[] = [
  ...MARKED.map(markedOutput),
  ...NAMES.map(unknownPolicy),
  {
    hides: 'a wider policy that is sensitive',
    reviewed: planOf({ resources: [policy({ name: 'b', policy: NARROW })] }),
    plan: planOf({
      resources: [policy({ name: 'b', policy: WIDE }, { before_sensitive: marked, after_sensitive: marked })],
    }),
    warns: /more actions: \*/,
  },
  {
    hides: 'a wider policy that becomes sensitive',
    reviewed: planOf({ resources: [policy({ name: 'b', policy: NARROW })] }),
    plan: planOf({ resources: [policy({ name: 'b', policy: WIDE }, { after_sensitive: marked })] }),
    warns: /more actions: \*/,
  },
  {
    hides: 'a policy that becomes sensitive without a change',
    reviewed: planOf(),
    plan: planOf({ resources: [policy({ policy: NARROW }, { after_sensitive: marked })] }),
    warns: /aws_iam_role_policy\.ferry.*sensitive/,
  },
  {
    hides: 'a sensitive policy of a new queue',
    reviewed: planOf(),
    plan: planOf({
      resources: [resource('aws_sqs_queue.a', null, { name: 'a', policy: WIDE }, { after_sensitive: marked })],
    }),
    warns: /aws_sqs_queue\.a.*sensitive/,
  },
  {
    hides: 'a policy document that the apply reads',
    reviewed: planOf(),
    plan: planOf({
      resources: [
        resource(
          DOCUMENT,
          null,
          { statement: [{ actions: ['iam:PassRole'], effect: 'Allow', resources: ['*'] }] },
          { actions: ['read'], after_unknown: { json: true, id: true } },
          { mode: 'data' },
        ),
        policy(
          {},
          { after_unknown: { policy: true } },
          { expressions: { policy: { references: [`${DOCUMENT}.json`, DOCUMENT] } } },
        ),
      ],
    }),
    warns: /iam:PassRole/,
  },
];
