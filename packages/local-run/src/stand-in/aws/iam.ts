/** Attributes that IAM and Cognito generate. */
import type { Place } from '../provider/place';
import type { Compute, Values } from '../provider/provider';
import { generatedName, text } from '../provider/text';

const CREATED = '2026-01-01T00:00:00Z';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const IAM_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_iam_role: (values, place) => {
    const name = generatedName(values, place);
    return {
      ...{ id: name, name, arn: iamArn('role', values, name, place), unique_id: uniqueId('AROA', place) },
      ...{ create_date: CREATED, managed_policy_arns: [] },
    };
  },
  aws_iam_policy: (values, place) => {
    const name = generatedName(values, place);
    const arn = iamArn('policy', values, name, place);
    return { id: arn, name, arn, policy_id: uniqueId('ANPA', place), attachment_count: 0 };
  },
  aws_iam_role_policy: (values, place) => ofOwner('role', values, place),
  aws_iam_user_policy: (values, place) => ofOwner('user', values, place),
  aws_iam_group_policy: (values, place) => ofOwner('group', values, place),
  aws_iam_role_policy_attachment: ({ role }, place) => ({ id: `${String(role)}-${place.suffix()}` }),
  aws_iam_policy_attachment: ({ name }) => ({ id: name }),
  aws_iam_user: (values, place) => ({
    ...{ id: values['name'], arn: iamArn('user', values, values['name'], place), unique_id: uniqueId('AIDA', place) },
  }),
  aws_iam_group: (values, place) => ({
    ...{ id: values['name'], arn: iamArn('group', values, values['name'], place), unique_id: uniqueId('AGPA', place) },
  }),
  aws_iam_instance_profile: (values, place) => {
    const name = generatedName(values, place);
    const arn = iamArn('instance-profile', values, name, place);
    return { id: name, name, arn, unique_id: uniqueId('AIPA', place), create_date: CREATED };
  },
  aws_iam_openid_connect_provider: ({ url }, place) => {
    const arn = place.globalArn('iam', `oidc-provider/${String(url).replace(/^https:\/\//, '')}`);
    return { id: arn, arn };
  },
  aws_iam_access_key: (_values, place) => {
    const id = uniqueId('AKIA', place);
    return {
      id,
      create_date: CREATED,
      secret: place.token('secret', 40),
      ses_smtp_password_v4: place.token('smtp', 44),
    };
  },
  aws_iam_service_linked_role: ({ aws_service_name: service }, place) => {
    const name = `AWSServiceRoleFor${String(service).split('.')[0] ?? ''}`;
    const arn = place.globalArn('iam', `role/aws-service-role/${String(service)}/${name}`);
    return { id: arn, arn, name, path: `/aws-service-role/${String(service)}/`, unique_id: uniqueId('AROA', place) };
  },

  aws_cognito_user_pool: (_values, place) => {
    const id = `${place.region}_${place.token('pool', 9, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}`;
    return {
      ...{ id, arn: place.arn('cognito-idp', `userpool/${id}`), creation_date: CREATED, last_modified_date: CREATED },
      ...{ endpoint: `cognito-idp.${place.region}.${place.domain}/${id}`, domain: '', custom_domain: '' },
      estimated_number_of_users: 0,
    };
  },
  aws_cognito_user_pool_client: ({ generate_secret: hasSecret }, place) => ({
    id: place.token('client', 26),
    client_secret: hasSecret === true ? place.token('secret', 51) : '',
  }),
  aws_cognito_user_pool_domain: ({ domain }, place) => ({
    ...{ id: domain, aws_account_id: place.account, version: '20260101000000' },
    ...{
      cloudfront_distribution: `${place.token('edge', 14)}.cloudfront.net`,
      cloudfront_distribution_zone_id: 'Z2FDTNDATAQYW2',
    },
    ...{
      cloudfront_distribution_arn: `${place.token('edge', 14)}.cloudfront.net`,
      s3_bucket: `aws-cognito-prod-${place.region}-assets`,
    },
  }),
  aws_cognito_identity_pool: (_values, place) => {
    const id = `${place.region}:${place.uuid('pool')}`;
    return { id, arn: place.arn('cognito-identity', `identitypool/${id}`) };
  },
  aws_cognito_resource_server: ({ user_pool_id: pool, identifier, scope }) => ({
    id: `${String(pool)}|${String(identifier)}`,
    scope_identifiers: ((scope ?? []) as readonly Values[]).map(
      (each) => `${String(identifier)}/${String(each['scope_name'])}`,
    ),
  }),
};

function iamArn(kind: string, { path }: Values, name: unknown, place: Place): string {
  return place.globalArn('iam', `${kind}${text(path, '/')}${String(name)}`);
}

function uniqueId(prefix: string, place: Place): string {
  return `${prefix}${place.token('unique', 17, UPPER)}`;
}

function ofOwner(owner: string, values: Values, place: Place): Values {
  const name = generatedName(values, place);
  return { id: `${String(values[owner])}:${name}`, name };
}
