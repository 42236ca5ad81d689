/**
 * Makes the policies of the pipeline's two roles. `plan` may read the resources of the stacks. `deploy` may also create, change
 * and delete them. Both are limited to names with the prefix, to API keys with its tag, and to the states of one environment.
 * __tests__/emulator/deploy.test.ts compares the policies with the calls that Terraform makes. docs/decisions/0013 says why
 * `deploy` cannot give itself further permissions.
 */
import type { Statement } from '../constructs/policy-statement';
import { featurePermissions, featureReads, type FeatureScope } from './feature-permissions';
import { alarmWrites, driftMetric, monitoringStatements } from './monitoring-permissions';
import { type Actions, equals, givesTag, isTagged, type SelectActions, selectedActions } from './pipeline-actions';

/** The resources that the pipeline manages. */
export interface PipelineScope extends FeatureScope {
  /** The word after the prefix in the names of the pipeline's own roles and policies, for example `cdktf-serverless-crud`. */
  readonly project: string;
  /** ARN of the permissions boundary that the roles of all functions have. */
  readonly boundaryArn: string;
  /** ARN of the policy with the statements of `featurePermissions`. It exists only if there are such statements. */
  readonly featuresArn: string;
  /** ARN of the OIDC provider that the pipeline's roles trust. */
  readonly providerArn: string;
  /** ARNs of the bucket with the states, and of the bucket with its access log. */
  readonly bucketArns: readonly string[];
  /** ARN of the states of the environment. It has `*` for the stack, so it includes stacks that were removed from main.ts. */
  readonly statesArn: string;
  /** ARN of the state of the stack `state`. */
  readonly pipelineStateArn: string;
  readonly reviewKeyArn: string;
  /** ARN of the KMS key that encrypts the states; empty for S3's own key. */
  readonly stateKmsKey: string;
  /** CloudWatch namespace of the metric about drift; empty without alarms. */
  readonly metricsNamespace: string;
  /** Whether the stack `state` has the settings of API Gateway, which name its role for logs. */
  readonly readsApiGatewaySettings: boolean;
}

const TABLES: Actions = {
  read: ['DescribeContinuousBackups', 'DescribeTable', 'DescribeTimeToLive', 'ListTagsOfResource'],
  write: [
    ...['CreateTable', 'DeleteTable', 'TagResource', 'UntagResource'],
    ...['UpdateContinuousBackups', 'UpdateTable', 'UpdateTimeToLive'],
  ],
};

const FUNCTIONS: Actions = {
  // Without ListTags, GetFunction returns no tags (Lambda API reference, GetFunction), and every plan would add them.
  read: ['GetAlias', 'GetFunction', 'GetFunctionCodeSigningConfig', 'GetPolicy', 'ListTags', 'ListVersionsByFunction'],
  write: [
    // After a change, Terraform reads the configuration until the new version is published.
    'GetFunctionConfiguration',
    ...['DeleteFunctionConcurrency', 'PutFunctionConcurrency'],
    ...['CreateAlias', 'CreateFunction', 'DeleteAlias', 'DeleteFunction', 'PublishVersion', 'RemovePermission'],
    ...['TagResource', 'UntagResource', 'UpdateAlias', 'UpdateFunctionCode', 'UpdateFunctionConfiguration'],
  ],
};

const ROLES: Actions = {
  read: ['GetRole', 'GetRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies'],
  write: ['DeleteRole', 'DeleteRolePolicy', 'ListInstanceProfilesForRole', 'TagRole', 'UntagRole'],
};

/** Actions that need the boundary. CreateRole and PutRolePermissionsBoundary must set it; PutRolePolicy needs a role that has it. */
const BOUNDED_ROLES = ['CreateRole', 'PutRolePermissionsBoundary', 'PutRolePolicy'];

/** Actions that could remove the boundary, change it, or give permissions that it does not limit. */
const PAST_THE_BOUNDARY = [
  ...['DeleteRolePermissionsBoundary', 'CreatePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicyVersion'],
  ...['DeletePolicy', 'AttachRolePolicy', 'UpdateAssumeRolePolicy', 'CreateUser', 'CreateAccessKey'],
  ...[
    'CreateLoginProfile',
    'PutUserPolicy',
    'PutGroupPolicy',
    'AttachUserPolicy',
    'AttachGroupPolicy',
    'AddUserToGroup',
  ],
];

const LOG_GROUPS: Actions = {
  read: ['ListTagsForResource'],
  write: [
    ...['AssociateKmsKey', 'CreateLogGroup', 'DeleteLogGroup', 'DisassociateKmsKey', 'PutRetentionPolicy'],
    ...['TagResource', 'UntagResource'],
  ],
};

const APIS: Actions = { read: ['GET'], write: ['DELETE', 'PATCH', 'POST', 'PUT'] };

/** Reads of a bucket's configuration. The AWS provider makes all of them for each bucket. */
const BUCKET_READS = [
  ...['s3:GetAccelerateConfiguration', 's3:GetBucket*', 's3:GetEncryptionConfiguration'],
  ...['s3:GetLifecycleConfiguration', 's3:GetReplicationConfiguration', 's3:ListBucket'],
];

/** Permissions for a plan without the state lock. The lock would need permission to write. */
export function planPermissions(scope: PipelineScope): Statement[] {
  const { bucketArns, boundaryArn, providerArn, statesArn, pipelineStateArn, reviewKeyArn } = scope;
  const features = featurePermissions(scope).length > 0 ? [scope.featuresArn] : [];
  return [
    ...resourceStatements(scope, ({ read }) => read),
    ...monitoringStatements(scope, ({ read }) => read),
    ...driftMetric(scope.metricsNamespace),
    ...featureReads(scope),
    // The stack `state`. `Roles` allows the reads of the pipeline's roles.
    { sid: 'PipelineBuckets', actions: BUCKET_READS, resources: bucketArns },
    {
      sid: 'PipelinePolicies',
      actions: ['iam:GetOpenIDConnectProvider', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
      resources: [boundaryArn, ...features, providerArn],
    },
    ...(scope.readsApiGatewaySettings
      ? [{ sid: 'ApiGatewaySettings', actions: ['apigateway:GET'], resources: [scope.arn('apigateway', '/account')] }]
      : []),
    { sid: 'ReadStates', actions: ['s3:GetObject'], resources: [statesArn, pipelineStateArn, reviewKeyArn] },
    ...stateKeyStatements(scope, ['kms:Decrypt']),
  ];
}

/**
 * Permissions for `cdktf deploy` and `cdktf destroy`, including the state lock. The statements of `featurePermissions` are in a
 * second policy, because IAM limits the inline policies of a role to 10,240 characters.
 */
export function deployPermissions(scope: PipelineScope): Statement[] {
  const { arn, namesStart, project, tag, statesArn } = scope;
  const roles = [arn('iam', `role/${namesStart}*`)];
  const pipelines = `${namesStart}*${project}-*`;
  return [
    ...resourceStatements(scope, ({ read, write }) => [...read, ...write]),
    ...monitoringStatements(scope, ({ read, write }) => [...read, ...write]),
    ...alarmWrites(scope),
    {
      sid: 'BoundedRoles',
      actions: BOUNDED_ROLES.map((action) => `iam:${action}`),
      resources: roles,
      conditions: equals('iam:PermissionsBoundary', scope.boundaryArn),
    },
    {
      sid: 'NeverPastTheBoundary',
      effect: 'Deny',
      actions: PAST_THE_BOUNDARY.map((action) => `iam:${action}`),
      resources: ['*'],
    },
    {
      // `Roles` matches the pipeline's own roles too, because their names begin with the prefix. The same is true for the roles of a
      // pipeline with a longer prefix.
      sid: 'PipelineItself',
      effect: 'Deny',
      actions: ['iam:*'],
      resources: [arn('iam', `role/${pipelines}`), arn('iam', `policy/${pipelines}`), scope.providerArn],
    },
    {
      sid: 'GiveRolesToFunctions',
      actions: ['iam:PassRole'],
      resources: roles,
      conditions: equals('iam:PassedToService', 'lambda.amazonaws.com'),
    },
    {
      sid: 'LetApisInvoke',
      actions: ['lambda:AddPermission'],
      resources: [arn('lambda', `function:${namesStart}*`)],
      conditions: equals('lambda:Principal', 'apigateway.amazonaws.com'),
    },
    // `npm run smoke` calls routes with the auth `iam`. ARNs of APIs contain generated ids.
    { sid: 'InvokeApis', actions: ['execute-api:Invoke'], resources: [arn('execute-api', '*')] },
    tagStages(scope),
    {
      sid: 'CreateApiKeys',
      actions: ['apigateway:POST'],
      resources: [arn('apigateway', '/apikeys'), arn('apigateway', '/usageplans')],
      conditions: givesTag(scope),
    },
    {
      // Denies changes of the prefix tag on existing API keys and usage plans. With this tag on an API key of another prefix, the
      // deploy role could read the key. `aws:ResourceTag` ignores the case of a tag key, so `NAMEPREFIX` is denied too. `?????` matches
      // only ARNs with an id: when AWS creates a key with tags, it checks the ARN `apikeys%2F*`, which must stay allowed.
      sid: 'KeepPrefixTag',
      effect: 'Deny',
      actions: APIS.write.map((action) => `apigateway:${action}`),
      resources: [arn('apigateway', '/tags/*apikeys?????*'), arn('apigateway', '/tags/*usageplans?????*')],
      conditions: { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [tag.key] } },
    },
    {
      // To set up access logs, API Gateway calls these actions with the caller's permissions. They support no narrower
      // resource (API Gateway developer guide, "Configure logging for HTTP APIs").
      sid: 'DeliverAccessLogs',
      actions: [
        ...['logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery'],
        ...['logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery'],
      ],
      resources: ['*'],
    },
    { sid: 'ReadReviewKey', actions: ['s3:GetObject'], resources: [scope.reviewKeyArn] },
    { sid: 'WriteStates', actions: ['s3:GetObject', 's3:PutObject'], resources: [statesArn] },
    {
      sid: 'LockStates',
      actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      resources: [`${statesArn}.tflock`],
    },
    ...stateKeyStatements(scope, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

/** Makes the statements for the resources of the stacks. @param select picks the actions that the role may call */
function resourceStatements(scope: PipelineScope, select: SelectActions): Statement[] {
  const { arn, namesStart, bucketArns } = scope;
  const selected = (service: string, actions: Actions) => selectedActions(service, actions, select);
  const all = `${namesStart}*`;
  const logGroups = ['/aws/lambda/', '/aws/vendedlogs/apigateway/'].map((folder) =>
    arn('logs', `log-group:${folder}${all}`),
  );
  return [
    { sid: 'Tables', actions: selected('dynamodb', TABLES), resources: [arn('dynamodb', `table/${all}`)] },
    {
      // The AWS provider reads DynamoDB's default key, to distinguish it from a customer managed key.
      sid: 'TablesKey',
      actions: ['kms:DescribeKey'],
      resources: [arn('kms', 'key/*')],
      conditions: equals('kms:RequestAlias', 'alias/aws/dynamodb'),
    },
    { sid: 'Functions', actions: selected('lambda', FUNCTIONS), resources: [arn('lambda', `function:${all}`)] },
    { sid: 'Roles', actions: selected('iam', ROLES), resources: [arn('iam', `role/${all}`)] },
    { sid: 'LogGroups', actions: selected('logs', LOG_GROUPS), resources: logGroups },
    { sid: 'FindLogGroups', actions: ['logs:DescribeLogGroups'], resources: [arn('logs', 'log-group:*')] },
    {
      sid: 'Apis',
      actions: selected('apigateway', APIS),
      // All APIs of the region: ARNs of API Gateway contain generated ids, not names.
      resources: [
        ...['apis', 'restapis'].flatMap((kind) => [arn('apigateway', `/${kind}`), arn('apigateway', `/${kind}/*`)]),
        arn('apigateway', '/tags/*'),
      ],
    },
    {
      // Not `/apikeys` itself: its GET returns the values of all API keys of the region.
      sid: 'ApiKeys',
      actions: selected('apigateway', APIS),
      resources: [arn('apigateway', '/apikeys/*'), arn('apigateway', '/usageplans/*')],
      conditions: isTagged(scope),
    },
    // No condition `s3:prefix`: with it, S3 would answer 403 instead of 404 for a state that does not exist yet.
    { sid: 'FindStates', actions: ['s3:ListBucket'], resources: bucketArns.slice(0, 1) },
  ];
}

/**
 * Makes the statement for tags of the stages of HTTP APIs. AWS checks this action when a stage with tags is created, although IAM's
 * lists of actions do not have it (github.com/hashicorp/terraform-provider-aws/issues/20634). IAM Access Analyzer calls it unknown.
 */
function tagStages({ arn }: PipelineScope): Statement {
  return {
    sid: 'TagStages',
    actions: ['apigateway:TagResource', 'apigateway:UntagResource'],
    resources: [arn('apigateway', '/apis/*/stages'), arn('apigateway', '/apis/*/stages/*')],
  };
}

/** Makes the statement for the KMS key of the states, if there is one. */
function stateKeyStatements({ stateKmsKey }: PipelineScope, actions: readonly string[]): Statement[] {
  return stateKmsKey === '' ? [] : [{ sid: 'StatesKey', actions, resources: [stateKmsKey] }];
}
