/** Attributes that IAM and Cognito generate. */
import type { ValueGenerator } from '../provider/value-generator';
import type { Compute, Values } from '../provider/provider';
import { generatedName, text } from '../provider/text';

const CREATED = '2026-01-01T00:00:00Z';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const IAM_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_iam_role: (values, generator) => {
    const name = generatedName(values, generator);
    return {
      ...{ id: name, name, arn: iamArn('role', values, name, generator), unique_id: uniqueId('AROA', generator) },
      ...{ create_date: CREATED, managed_policy_arns: [] },
    };
  },
  aws_iam_policy: (values, generator) => {
    const name = generatedName(values, generator);
    const arn = iamArn('policy', values, name, generator);
    return { id: arn, name, arn, policy_id: uniqueId('ANPA', generator), attachment_count: 0 };
  },
  aws_iam_role_policy: (values, generator) => ofOwner('role', values, generator),
  aws_iam_user_policy: (values, generator) => ofOwner('user', values, generator),
  aws_iam_group_policy: (values, generator) => ofOwner('group', values, generator),
  aws_iam_role_policy_attachment: ({ role }, generator) => ({ id: `${String(role)}-${generator.suffix()}` }),
  aws_iam_policy_attachment: ({ name }) => ({ id: name }),
  aws_iam_user: (values, generator) => ({
    ...{
      id: values['name'],
      arn: iamArn('user', values, values['name'], generator),
      unique_id: uniqueId('AIDA', generator),
    },
  }),
  aws_iam_group: (values, generator) => ({
    ...{
      id: values['name'],
      arn: iamArn('group', values, values['name'], generator),
      unique_id: uniqueId('AGPA', generator),
    },
  }),
  aws_iam_instance_profile: (values, generator) => {
    const name = generatedName(values, generator);
    const arn = iamArn('instance-profile', values, name, generator);
    return { id: name, name, arn, unique_id: uniqueId('AIPA', generator), create_date: CREATED };
  },
  aws_iam_openid_connect_provider: ({ url }, generator) => {
    const arn = generator.globalArn('iam', `oidc-provider/${String(url).replace(/^https:\/\//, '')}`);
    return { id: arn, arn };
  },
  aws_iam_access_key: (_values, generator) => {
    const id = uniqueId('AKIA', generator);
    return {
      id,
      create_date: CREATED,
      secret: generator.token('secret', 40),
      ses_smtp_password_v4: generator.token('smtp', 44),
    };
  },
  aws_iam_service_linked_role: ({ aws_service_name: service }, generator) => {
    const name = `AWSServiceRoleFor${String(service).split('.')[0] ?? ''}`;
    const arn = generator.globalArn('iam', `role/aws-service-role/${String(service)}/${name}`);
    return {
      id: arn,
      arn,
      name,
      path: `/aws-service-role/${String(service)}/`,
      unique_id: uniqueId('AROA', generator),
    };
  },

  aws_cognito_user_pool: (_values, generator) => {
    const id = `${generator.region}_${generator.token('pool', 9, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}`;
    return {
      ...{
        id,
        arn: generator.arn('cognito-idp', `userpool/${id}`),
        creation_date: CREATED,
        last_modified_date: CREATED,
      },
      ...{ endpoint: `cognito-idp.${generator.region}.${generator.domain}/${id}`, domain: '', custom_domain: '' },
      estimated_number_of_users: 0,
    };
  },
  aws_cognito_user_pool_client: ({ generate_secret: hasSecret }, generator) => ({
    id: generator.token('client', 26),
    client_secret: hasSecret === true ? generator.token('secret', 51) : '',
  }),
  aws_cognito_user_pool_domain: ({ domain }, generator) => ({
    ...{ id: domain, aws_account_id: generator.account, version: '20260101000000' },
    ...{
      cloudfront_distribution: `${generator.token('edge', 14)}.cloudfront.net`,
      cloudfront_distribution_zone_id: 'Z2FDTNDATAQYW2',
    },
    ...{
      cloudfront_distribution_arn: `${generator.token('edge', 14)}.cloudfront.net`,
      s3_bucket: `aws-cognito-prod-${generator.region}-assets`,
    },
  }),
  aws_cognito_identity_pool: (_values, generator) => {
    const id = `${generator.region}:${generator.uuid('pool')}`;
    return { id, arn: generator.arn('cognito-identity', `identitypool/${id}`) };
  },
  aws_cognito_resource_server: ({ user_pool_id: pool, identifier, scope }) => ({
    id: `${String(pool)}|${String(identifier)}`,
    scope_identifiers: ((scope ?? []) as readonly Values[]).map(
      (each) => `${String(identifier)}/${String(each['scope_name'])}`,
    ),
  }),
};

function iamArn(kind: string, { path }: Values, name: unknown, generator: ValueGenerator): string {
  return generator.globalArn('iam', `${kind}${text(path, '/')}${String(name)}`);
}

function uniqueId(prefix: string, generator: ValueGenerator): string {
  return `${prefix}${generator.token('unique', 17, UPPER)}`;
}

function ofOwner(owner: string, values: Values, generator: ValueGenerator): Values {
  const name = generatedName(values, generator);
  return { id: `${String(values[owner])}:${name}`, name };
}
