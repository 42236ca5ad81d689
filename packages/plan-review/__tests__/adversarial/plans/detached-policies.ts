/** Holders that lose a managed policy with denials. */
import { type Attack, type Attributes, document, OWN, planOf, resource } from '../build';

const GUARD = `arn:aws:iam::${OWN}:policy/base`;
const guard = {
  name: 'base',
  arn: GUARD,
  policy: document({ Effect: 'Deny', Action: 'dynamodb:DeleteTable', Resource: '*' }),
};
/** The policy itself stays as it is. */
const kept = resource('aws_iam_policy.base', guard, guard, { actions: ['no-op'] });
const ATTACHMENT = 'aws_iam_policy_attachment';
const attached = { name: 'a', policy_arn: GUARD, roles: ['ferry', 'harbour'], users: ['amy'], groups: ['crew'] };

/** People reviewed a plan in which the attachment stays. */
function detachment(hides: string, type: string, before: Attributes, after: Attributes | null, warns: RegExp): Attack {
  return {
    hides,
    reviewed: planOf({ resources: [kept] }),
    plan: planOf({ resources: [kept, resource(`${type}.a`, before, after)] }),
    warns,
  };
}

export const detachedPolicies: readonly Attack[] = [
  detachment(
    'a policy that a role loses',
    'aws_iam_role_policy_attachment',
    { role: 'ferry', policy_arn: GUARD },
    null,
    /policy\/base.*denials/,
  ),
  detachment(
    'a policy of the list of a role',
    'aws_iam_role',
    { name: 'ferry', managed_policy_arns: [GUARD] },
    { name: 'ferry', managed_policy_arns: [] },
    /policy\/base.*denials/,
  ),
  detachment('a deleted attachment', ATTACHMENT, attached, null, /base from ferry, harbour, amy, crew/),
  ...(['roles', 'users', 'groups'] as const).map((holder) =>
    detachment(
      `fewer ${holder} of an attachment`,
      ATTACHMENT,
      attached,
      { ...attached, [holder]: attached[holder].slice(1) },
      new RegExp(`base from ${attached[holder][0] ?? ''}: its denials`),
    ),
  ),
  detachment(
    'another policy in an attachment',
    ATTACHMENT,
    attached,
    { ...attached, policy_arn: `arn:aws:iam::${OWN}:policy/other` },
    /base from ferry, harbour, amy, crew/,
  ),
  {
    hides: 'a deleted attachment of a deleted role and another role',
    reviewed: planOf({ resources: [kept, resource('aws_iam_role.ferry', { name: 'ferry' }, null)] }),
    plan: planOf({
      resources: [
        kept,
        resource('aws_iam_role.ferry', { name: 'ferry' }, null),
        resource(`${ATTACHMENT}.a`, { name: 'a', policy_arn: GUARD, roles: ['ferry', 'harbour'] }, null),
      ],
    }),
    warns: /base from harbour: its denials/,
  },
];
