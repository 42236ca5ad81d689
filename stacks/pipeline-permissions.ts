/**
 * What the pipeline's two roles may do: the actions with which Terraform reads, or makes, changes and removes, what the
 * stacks have, on names that start as theirs do. The end-to-end test compares them with the calls that Terraform makes.
 */
import type { Statement } from '../constructs/github-oidc';

/** What the stacks' resources are called, by kind: the starts of their names in every environment. */
export interface PipelineScope {
  readonly tables: readonly string[];
  readonly functions: readonly string[];
  readonly roles: readonly string[];
  /** With their folders: `/aws/lambda/product`. */
  readonly logGroups: readonly string[];
  /** Keys of the stacks' states, with `*` for the environment. */
  readonly stateKeys: readonly string[];
  readonly bucketArn: string;
  readonly arn: (service: string, resource: string) => string;
}

interface Actions {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

const TABLES: Actions = {
  read: ['DescribeContinuousBackups', 'DescribeTable', 'DescribeTimeToLive', 'ListTagsOfResource'],
  write: ['CreateTable', 'DeleteTable', 'TagResource', 'UntagResource', 'UpdateContinuousBackups', 'UpdateTable'],
};

const FUNCTIONS: Actions = {
  // GetFunction leaves the tags out for who may not list them (Lambda API reference, GetFunction): every plan would add them.
  read: ['GetFunction', 'GetFunctionCodeSigningConfig', 'GetPolicy', 'ListTags', 'ListVersionsByFunction'],
  write: [
    'AddPermission',
    'CreateFunction',
    'DeleteFunction',
    'RemovePermission',
    'TagResource',
    'UntagResource',
    'UpdateFunctionCode',
    'UpdateFunctionConfiguration',
  ],
};

const ROLES: Actions = {
  read: ['GetRole', 'GetRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies'],
  write: [
    'CreateRole',
    'DeleteRole',
    'DeleteRolePolicy',
    'ListInstanceProfilesForRole',
    'PutRolePolicy',
    'TagRole',
    'UntagRole',
    'UpdateAssumeRolePolicy',
  ],
};

const LOG_GROUPS: Actions = {
  read: ['ListTagsForResource'],
  write: ['CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy', 'TagResource', 'UntagResource'],
};

const APIS: Actions = { read: ['GET'], write: ['DELETE', 'PATCH', 'POST', 'PUT'] };

/** Enough to refresh and plan, without a lock: nothing here writes. */
export function planPermissions(scope: PipelineScope): Statement[] {
  return [
    ...resources(scope, ({ read }) => read),
    { sid: 'ReadStates', actions: ['s3:GetObject'], resources: states(scope) },
  ];
}

/** Whatever `cdktf deploy` and `cdktf destroy` do, under the state's lock. */
export function deployPermissions(scope: PipelineScope): Statement[] {
  return [
    ...resources(scope, ({ read, write }) => [...read, ...write]),
    {
      sid: 'GiveRolesToFunctions',
      actions: ['iam:PassRole'],
      resources: starting(scope.roles, (name) => scope.arn('iam', `role/${name}`)),
      conditions: { 'iam:PassedToService': ['lambda.amazonaws.com'] },
    },
    {
      // For access logs API Gateway asks for these in the caller's name, and none can be narrowed to a resource
      // (API Gateway developer guide, "Configure logging for HTTP APIs").
      sid: 'DeliverAccessLogs',
      actions: [
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
      ],
      resources: ['*'],
    },
    { sid: 'WriteStates', actions: ['s3:GetObject', 's3:PutObject'], resources: states(scope) },
    {
      sid: 'LockStates',
      actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      resources: states(scope).map((state) => `${state}.tflock`),
    },
  ];
}

function resources({ arn, ...scope }: PipelineScope, actions: (of: Actions) => readonly string[]): Statement[] {
  const on = (service: string, of: Actions) => actions(of).map((action) => `${service}:${action}`);
  return [
    {
      sid: 'Tables',
      actions: on('dynamodb', TABLES),
      resources: starting(scope.tables, (name) => arn('dynamodb', `table/${name}`)),
    },
    {
      // The provider looks up the key that encrypts tables by default, to tell it from one of ours.
      sid: 'TablesKey',
      actions: ['kms:DescribeKey'],
      resources: [arn('kms', 'key/*')],
      conditions: { 'kms:RequestAlias': ['alias/aws/dynamodb'] },
    },
    {
      sid: 'Functions',
      actions: on('lambda', FUNCTIONS),
      resources: starting(scope.functions, (name) => arn('lambda', `function:${name}`)),
    },
    {
      sid: 'Roles',
      actions: on('iam', ROLES),
      resources: starting(scope.roles, (name) => arn('iam', `role/${name}`)),
    },
    {
      sid: 'LogGroups',
      actions: on('logs', LOG_GROUPS),
      // Some actions know a group with its streams behind a colon.
      resources: [
        ...starting(scope.logGroups, (name) => arn('logs', `log-group:${name}`)),
        ...scope.logGroups.map((name) => arn('logs', `log-group:${name}:*`)),
      ],
    },
    { sid: 'FindLogGroups', actions: ['logs:DescribeLogGroups'], resources: [arn('logs', 'log-group:*')] },
    {
      sid: 'Apis',
      actions: on('apigateway', APIS),
      // API Gateway knows its resources by ids that it makes up, not by names: all those of the region.
      resources: [
        ...['apis', 'restapis', 'apikeys', 'usageplans'].flatMap((kind) => [
          arn('apigateway', `/${kind}`),
          arn('apigateway', `/${kind}/*`),
        ]),
        arn('apigateway', '/tags/*'),
      ],
    },
    { sid: 'FindStates', actions: ['s3:ListBucket'], resources: [scope.bucketArn] },
  ];
}

/** A name is the start alone, or goes on behind a hyphen: `product` and `product-staging`, not `productivity`. */
function starting(starts: readonly string[], arnOf: (name: string) => string): string[] {
  return starts.flatMap((start) => [arnOf(start), arnOf(`${start}-*`)]);
}

function states({ bucketArn, stateKeys }: PipelineScope): string[] {
  return stateKeys.map((key) => `${bucketArn}/${key}`);
}
