/** Calls that would give a role of the pipeline more permissions, or access to resources of others. IAM must deny each call. */
import type { Call } from './call';
import { DOMAIN_STEPS, MONITORING_STEPS, type Step } from './feature-steps';
import { ACCOUNT, REGION } from './terraform-policies';

export interface Deployed {
  readonly deployRole: string;
  readonly planRole: string;
  /** ARN of the role with which API Gateway writes access logs. */
  readonly logRole: string;
  /** ARN of the boundary of the functions' roles. */
  readonly boundary: string;
  readonly bucket: string;
}

const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const fn = (name: string) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
const api = (path: string) => `arn:aws:apigateway:${REGION}::${path}`;

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const OWN_ROLE = role('acme-orders-role');
const OWN_FUNCTION = fn('acme-orders-function');
const OWN_TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/acme-orders`;
const FOREIGN_KEY = api('/apikeys/f0reign');
const FOREIGN_KEY_TAGS = api(`/tags/${encodeURIComponent(FOREIGN_KEY)}`);
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const TO_LAMBDA = { 'iam:PassedToService': 'lambda.amazonaws.com' };

/** Steps on roles, policies and users. */
function identitySteps({ deployRole, planRole, boundary }: Deployed): Step[] {
  const bounded = { 'iam:PermissionsBoundary': boundary };
  const byAdministrator = { 'iam:PermissionsBoundary': ADMINISTRATOR };
  const longer = deployRole.replace('role/acme-', 'role/acme-eu-');
  const attached = { ...bounded, 'iam:PolicyARN': ADMINISTRATOR };
  return [
    ['creates a role without a boundary', 'iam:CreateRole', OWN_ROLE],
    ['creates a role with another boundary', 'iam:CreateRole', OWN_ROLE, byAdministrator],
    [
      'creates a role with a boundary of a similar name',
      'iam:CreateRole',
      OWN_ROLE,
      { 'iam:PermissionsBoundary': `${boundary}-2` },
    ],
    ['creates a role outside of the prefix', 'iam:CreateRole', role('admin'), bounded],
    ['creates a role of another prefix', 'iam:CreateRole', role('acmeplus-role'), bounded],
    ['gives permissions to a role without a boundary', 'iam:PutRolePolicy', OWN_ROLE],
    ['gives permissions to a role with another boundary', 'iam:PutRolePolicy', OWN_ROLE, byAdministrator],
    ['gives permissions to itself', 'iam:PutRolePolicy', deployRole],
    ['gives permissions to itself after it got the boundary', 'iam:PutRolePolicy', deployRole, bounded],
    ['gives permissions to the plan role', 'iam:PutRolePolicy', planRole],
    ['gives permissions to a role of another team', 'iam:PutRolePolicy', role('product-function'), bounded],
    ['deletes its own policy', 'iam:DeleteRolePolicy', deployRole],
    ['deletes the policy of the plan role', 'iam:DeleteRolePolicy', planRole],
    ['deletes the deploy role', 'iam:DeleteRole', deployRole],
    ['deletes the policy of the pipeline of a longer prefix', 'iam:DeleteRolePolicy', longer],
    ['deletes the deploy role of a longer prefix', 'iam:DeleteRole', longer],
    ['removes a tag of the deploy role of a longer prefix', 'iam:UntagRole', longer, { 'aws:TagKeys': 'project' }],
    ['passes the deploy role of a longer prefix to a function', 'iam:PassRole', longer, TO_LAMBDA],
    ['tags itself', 'iam:TagRole', deployRole, { 'aws:RequestTag/team': 'admin', 'aws:TagKeys': 'team' }],
    ['removes the boundary of a function role', 'iam:DeleteRolePermissionsBoundary', OWN_ROLE, bounded],
    ['replaces the boundary of a function role', 'iam:PutRolePermissionsBoundary', OWN_ROLE, byAdministrator],
    ['puts the boundary on itself', 'iam:PutRolePermissionsBoundary', deployRole, bounded],
    ['attaches a policy to a function role', 'iam:AttachRolePolicy', OWN_ROLE, attached],
    ['attaches a policy to itself', 'iam:AttachRolePolicy', deployRole, { 'iam:PolicyARN': ADMINISTRATOR }],
    ['changes who may assume a function role', 'iam:UpdateAssumeRolePolicy', OWN_ROLE],
    ['changes who may assume itself', 'iam:UpdateAssumeRolePolicy', deployRole],
    ['lengthens its own sessions', 'iam:UpdateRole', deployRole],
    ['creates a version of the boundary', 'iam:CreatePolicyVersion', boundary],
    ['selects an older version of the boundary', 'iam:SetDefaultPolicyVersion', boundary],
    ['deletes a version of the boundary', 'iam:DeletePolicyVersion', boundary],
    ['deletes the boundary', 'iam:DeletePolicy', boundary],
    ['creates a policy', 'iam:CreatePolicy', `arn:aws:iam::${ACCOUNT}:policy/acme-all`],
    ['creates a user', 'iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/acme-user`],
    ['creates an access key', 'iam:CreateAccessKey', `arn:aws:iam::${ACCOUNT}:user/admin`],
    ['sets a password', 'iam:CreateLoginProfile', `arn:aws:iam::${ACCOUNT}:user/admin`],
    ['gives permissions to a user', 'iam:PutUserPolicy', `arn:aws:iam::${ACCOUNT}:user/acme-user`],
    ['adds a user to a group', 'iam:AddUserToGroup', `arn:aws:iam::${ACCOUNT}:group/admins`],
    ['adds a client to the identity provider', 'iam:AddClientIDToOpenIDConnectProvider', PROVIDER],
    ['changes the certificate of the identity provider', 'iam:UpdateOpenIDConnectProviderThumbprint', PROVIDER],
    ['deletes the identity provider', 'iam:DeleteOpenIDConnectProvider', PROVIDER],
    ['creates an identity provider', 'iam:CreateSAMLProvider', `arn:aws:iam::${ACCOUNT}:saml-provider/acme`],
    ['assumes another role', 'sts:AssumeRole', role('admin')],
    ['assumes a function role', 'sts:AssumeRole', OWN_ROLE],
  ];
}

/** Steps on functions, tables, APIs and their keys. */
function resourceSteps({ deployRole, planRole, logRole }: Deployed): Step[] {
  const prefixTag = { 'aws:RequestTag/namePrefix': 'acme', 'aws:TagKeys': 'namePrefix' };
  const upperCaseTag = { 'aws:RequestTag/NAMEPREFIX': 'acme', 'aws:TagKeys': 'NAMEPREFIX' };
  const tagBesideOthers = { ...upperCaseTag, 'aws:TagKeys': ['team', 'NamePrefix'] };
  const ofOther = { 'aws:ResourceTag/namePrefix': 'other' };
  return [
    ['passes a role to an instance', 'iam:PassRole', OWN_ROLE, { 'iam:PassedToService': 'ec2.amazonaws.com' }],
    ['passes a foreign role to a function', 'iam:PassRole', role('admin'), TO_LAMBDA],
    ['passes itself to a function', 'iam:PassRole', deployRole, TO_LAMBDA],
    ['passes the plan role to a function', 'iam:PassRole', planRole, TO_LAMBDA],
    ['passes the log role to a function', 'iam:PassRole', logRole, TO_LAMBDA],
    [
      'passes the log role to API Gateway',
      'iam:PassRole',
      logRole,
      { 'iam:PassedToService': 'apigateway.amazonaws.com' },
    ],
    ['deletes the log role', 'iam:DeleteRole', logRole],
    ['lets everyone invoke a function', 'lambda:AddPermission', OWN_FUNCTION, { 'lambda:Principal': '*' }],
    ['lets an account invoke a function', 'lambda:AddPermission', OWN_FUNCTION, { 'lambda:Principal': '444455556666' }],
    [
      'lets another service invoke a function',
      'lambda:AddPermission',
      OWN_FUNCTION,
      { 'lambda:Principal': 's3.amazonaws.com' },
    ],
    [
      'lets API Gateway invoke a foreign function',
      'lambda:AddPermission',
      fn('product'),
      { 'lambda:Principal': 'apigateway.amazonaws.com' },
    ],
    [
      'gives a function a URL',
      'lambda:CreateFunctionUrlConfig',
      OWN_FUNCTION,
      { 'lambda:FunctionUrlAuthType': 'NONE' },
    ],
    ['invokes a function', 'lambda:InvokeFunction', OWN_FUNCTION],
    ['changes the code of another team', 'lambda:UpdateFunctionCode', fn('productivity')],
    ['changes the code of another prefix', 'lambda:UpdateFunctionCode', fn('acmeplus-function')],
    ['reads the code of another team', 'lambda:GetFunction', fn('product-function')],
    ['publishes a version of the function of another team', 'lambda:PublishVersion', fn('product-function')],
    ['moves the alias of another prefix', 'lambda:UpdateAlias', fn('acmeplus-function')],
    ['publishes a layer', 'lambda:AddLayerVersionPermission', `arn:aws:lambda:${REGION}:${ACCOUNT}:layer:x:1`],
    ['reads items', 'dynamodb:GetItem', OWN_TABLE],
    ['opens a table to another account', 'dynamodb:PutResourcePolicy', OWN_TABLE],
    ['exports a table', 'dynamodb:ExportTableToPointInTime', OWN_TABLE],
    ['deletes the table of another team', 'dynamodb:DeleteTable', OWN_TABLE.replace('acme-orders', 'product-orders')],
    [
      'sends logs to another account',
      'logs:PutSubscriptionFilter',
      `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/lambda/acme-orders-function`,
    ],
    ['lists the values of all API keys', 'apigateway:GET', api('/apikeys')],
    ['reads an API key without tags', 'apigateway:GET', FOREIGN_KEY],
    ['reads the API key of another prefix', 'apigateway:GET', FOREIGN_KEY, ofOther],
    ['creates an API key without the tag', 'apigateway:POST', api('/apikeys')],
    ['gives an API key the tag', 'apigateway:PUT', FOREIGN_KEY_TAGS, prefixTag],
    ['gives an API key the tag in upper case', 'apigateway:PUT', FOREIGN_KEY_TAGS, upperCaseTag],
    ['gives an API key the tag in upper case beside others', 'apigateway:PUT', FOREIGN_KEY_TAGS, tagBesideOthers],
    ['gives an API key the tag with PATCH', 'apigateway:PATCH', FOREIGN_KEY_TAGS, prefixTag],
    ['gives an API key the tag, as an HTTP API', 'apigateway:POST', FOREIGN_KEY_TAGS, prefixTag],
    ['removes a tag of an API key', 'apigateway:DELETE', FOREIGN_KEY_TAGS, { 'aws:TagKeys': 'namePrefix' }],
    ['changes the usage plan of another prefix', 'apigateway:PATCH', api('/usageplans/f0reign'), ofOther],
    ['sets the log role of the account', 'apigateway:PATCH', api('/account')],
    [
      'creates an alarm that stops an instance',
      'cloudwatch:PutMetricAlarm',
      `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:acme-x`,
      { 'cloudwatch:AlarmActions': `arn:aws:automate:${REGION}:ec2:stop` },
    ],
    [
      'creates an alarm that also invokes a function',
      'cloudwatch:PutMetricAlarm',
      `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:acme-x`,
      { 'cloudwatch:AlarmActions': [`arn:aws:sns:${REGION}:${ACCOUNT}:acme-alarms`, fn('admin')] },
    ],
    [
      'deletes an alarm of another prefix',
      'cloudwatch:DeleteAlarms',
      `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:other-x`,
    ],
    ['subscribes to the topic of another prefix', 'sns:Subscribe', `arn:aws:sns:${REGION}:${ACCOUNT}:other-alarms`],
    [
      'changes a record of another hosted zone',
      'route53:ChangeResourceRecordSets',
      'arn:aws:route53:::hostedzone/Z0F0REIGN',
      { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': 'orders.example.org' },
    ],
    ['lists the subscriptions of the account', 'sns:ListSubscriptions', `arn:aws:sns:${REGION}:${ACCOUNT}:*`],
    ['describes a key that is not of DynamoDB', 'kms:DescribeKey', `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`],
    [
      'decrypts with a key',
      'kms:Decrypt',
      `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`,
      { 'kms:ViaService': 'secretsmanager' },
    ],
    ['changes the policy of a key', 'kms:PutKeyPolicy', `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`],
    ['creates a stack', 'cloudformation:CreateStack', `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/acme/1`],
    ['starts an instance', 'ec2:RunInstances', `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/*`],
  ];
}

/** Steps on the state bucket. */
function bucketSteps({ bucket }: Deployed): Step[] {
  const object = (key: string) => `arn:aws:s3:::${bucket}/${key}`;
  const pipelineState = object('state/terraform.tfstate');
  return [
    ['writes the state of the pipeline', 's3:PutObject', pipelineState],
    ['deletes the state of the pipeline', 's3:DeleteObject', pipelineState],
    ['reads the state of another environment', 's3:GetObject', object('acme/staging/orders/terraform.tfstate')],
    ['writes the state of another environment', 's3:PutObject', object('acme/staging/orders/terraform.tfstate')],
    ['writes the state of another prefix', 's3:PutObject', object('other/default/orders/terraform.tfstate')],
    ['deletes a state', 's3:DeleteObject', object('acme/default/orders/terraform.tfstate')],
    ['reads an old version of a state', 's3:GetObjectVersion', object('acme/default/orders/terraform.tfstate')],
    ['replaces the key of reviews', 's3:PutObject', object('acme/review-key')],
    ['changes the policy of the bucket', 's3:PutBucketPolicy', `arn:aws:s3:::${bucket}`],
    ['deletes the policy of the bucket', 's3:DeleteBucketPolicy', `arn:aws:s3:::${bucket}`],
    ['lets states expire', 's3:PutLifecycleConfiguration', `arn:aws:s3:::${bucket}`],
    ['suspends the versions', 's3:PutBucketVersioning', `arn:aws:s3:::${bucket}`],
    ['reads a foreign bucket', 's3:GetObject', 'arn:aws:s3:::foreign/state'],
  ];
}

/** The steps by name. */
export function escalationSteps(deployed: Deployed): ReadonlyMap<string, Call> {
  const steps = [
    ...[...identitySteps(deployed), ...resourceSteps(deployed), ...bucketSteps(deployed)],
    ...[...DOMAIN_STEPS, ...MONITORING_STEPS],
  ];
  return new Map(
    steps.map(([name, action, resource, context]) => [name, { action, resource, ...(context && { context }) }]),
  );
}
