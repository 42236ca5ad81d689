/** Resources that get a role for the first time, which the stack does not contain. */
import { type Attack, type Attributes, OTHER, OWN, planOf, resource } from '../build';

const ADMIN = `arn:aws:iam::${OWN}:role/admin`;

/** People reviewed the resource without the role. */
const attack = (
  hides: string,
  type: string,
  before: Attributes | null,
  after: Attributes,
  warns: RegExp,
  expressions: Attributes = {},
): Attack => {
  const plan = (side: Attributes, more: Attributes = {}) =>
    planOf({ resources: [resource(`${type}.a`, before, { name: 'b', ...side }, {}, more)] });
  return { hides, reviewed: plan(before ?? {}), plan: plan(after, { expressions }), warns };
};

export const roles: readonly Attack[] = [
  attack('a role of a data source', 'aws_lambda_function', null, { role: ADMIN }, /role\/admin/, {
    role: { references: ['data.aws_iam_role.admin.arn', 'data.aws_iam_role.admin'] },
  }),
  attack(
    'the first role of an integration',
    'aws_apigatewayv2_integration',
    { credentials_arn: '' },
    { credentials_arn: ADMIN },
    /role\/admin/,
  ),
  attack(
    'a first role of another account',
    'aws_appsync_datasource',
    { service_role_arn: null },
    { service_role_arn: `arn:aws:iam::${OTHER}:role/x` },
    new RegExp(OTHER),
  ),
  attack('the roles of a cluster', 'aws_redshift_cluster', null, { iam_roles: [ADMIN] }, /role\/admin/),
  attack('the profile of an instance', 'aws_instance', null, { iam_instance_profile: 'Admin' }, /Admin/),
];
