/** Settings of authorizers that become known only after the apply, although the plan could contain them. */
import { type Attack, type Attributes, OWN, planOf, resource, type Resource } from '../build';

const FUNCTION = `arn:aws:lambda:eu-central-1:${OWN}:function:check`;
const uri = (name: string) => `arn:aws:apigateway:eu-central-1:lambda:path/${name}/invocations`;
const POOL = `arn:aws:cognito-idp:eu-central-1:${OWN}:userpool/eu-central-1_A`;
const jwt = (audience: unknown) => ({ jwt_configuration: [{ issuer: 'https://id.example', audience }] });

/** The type, the attribute, the attributes before the apply, and Terraform's mark of the attribute after the apply. */
const SETTINGS: readonly (readonly [type: string, name: string, before: Attributes, unknown: unknown])[] = [
  ['aws_api_gateway_authorizer', 'authorizer_uri', { authorizer_uri: uri(FUNCTION) }, true],
  ['aws_api_gateway_authorizer', 'provider_arns', { provider_arns: [POOL] }, true],
  ['aws_api_gateway_authorizer', 'provider_arns', { provider_arns: [POOL] }, [true]],
  [
    'aws_api_gateway_authorizer',
    'authorizer_credentials',
    { authorizer_credentials: `arn:aws:iam::${OWN}:role/a` },
    true,
  ],
  ['aws_apigatewayv2_authorizer', 'authorizer_uri', { authorizer_uri: uri(FUNCTION) }, true],
  ['aws_apigatewayv2_authorizer', 'jwt_configuration', jwt(['ferry']), true],
  ['aws_apigatewayv2_authorizer', 'jwt_configuration', jwt(['ferry']), [{ issuer: true }]],
  ['aws_apigatewayv2_authorizer', 'jwt_configuration', jwt(['ferry']), [{ audience: true }]],
  ['aws_iam_openid_connect_provider', 'client_id_list', { client_id_list: ['ferry'] }, true],
  ['aws_iam_saml_provider', 'saml_metadata_document', { saml_metadata_document: '<xml/>' }, true],
];

const CHECK = 'aws_lambda_function.check';
const published = (version: string) => ({
  function_name: 'check',
  arn: FUNCTION,
  qualified_arn: `${FUNCTION}:${version}`,
});
/** The function of the authorizer, which the plan publishes again: its ARN with the version becomes unknown. */
const republished = resource(
  CHECK,
  published('1'),
  { function_name: 'check', arn: FUNCTION, timeout: 9 },
  { after_unknown: { qualified_arn: true } },
);

export const unknownAuthorizers: readonly Attack[] = [
  ...SETTINGS.map(([type, name, before, unknown]) =>
    unknownSetting(`${name} of ${type} by ${JSON.stringify(unknown)}`, type, name, before, unknown, ['local.a']),
  ),
  unknownSetting(
    'a new function, beside the function of the authorizer',
    'aws_api_gateway_authorizer',
    'authorizer_uri',
    { authorizer_uri: uri(`${FUNCTION}:1`) },
    true,
    [`${CHECK}.qualified_arn`, CHECK, 'aws_lambda_function.evil.arn', 'aws_lambda_function.evil'],
    [
      republished,
      resource('aws_lambda_function.evil', null, { function_name: 'evil' }, { after_unknown: { arn: true } }),
    ],
  ),
  unknownSetting(
    'a value of another resource, beside the function of the authorizer',
    'aws_api_gateway_authorizer',
    'authorizer_uri',
    { authorizer_uri: uri(`${FUNCTION}:1`) },
    true,
    [`${CHECK}.qualified_arn`, CHECK, 'terraform_data.a.output', 'terraform_data.a'],
    [
      republished,
      resource('terraform_data.a', { id: 'x', input: 1 }, { id: 'x', input: 2 }, { after_unknown: { output: true } }),
    ],
  ),
];

/** People reviewed a change of another attribute. */
function unknownSetting(
  hides: string,
  type: string,
  name: string,
  before: Attributes,
  unknown: unknown,
  references: readonly string[],
  others: readonly Resource[] = [],
): Attack {
  const expressions = { [name]: { references } };
  const authorizer = (after: Attributes, marks: Attributes) =>
    resource(
      `${type}.a`,
      { api_id: 'abc', ...before },
      { api_id: 'abc', ...after },
      { after_unknown: marks },
      { expressions },
    );
  return {
    hides: `${hides}, known only after the apply`,
    reviewed: planOf({ resources: [...others, authorizer({ ...before, tags: { shift: 'night' } }, {})] }),
    plan: planOf({ resources: [...others, authorizer(withoutUnknown(before, name, unknown), { [name]: unknown })] }),
    warns: new RegExp(`${type}\\.a .*(${name}|known after apply)`),
  };
}

/** Terraform leaves unknown attributes out, and keeps the known members of a block. */
function withoutUnknown(before: Attributes, name: string, unknown: unknown): Attributes {
  const { [name]: value, ...others } = before;
  if (unknown === true) return others;
  const [block] = value as readonly unknown[];
  const [marks] = unknown as readonly unknown[];
  if (marks === true || typeof block !== 'object' || block === null) return { ...others, [name]: [null] };
  const known = Object.entries(block).filter(([key]) => !Object.hasOwn(marks as object, key));
  return { ...others, [name]: [Object.fromEntries(known)] };
}
