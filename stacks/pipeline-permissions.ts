/**
 * Makes the policies of the pipeline's two roles. `plan` may read the resources of the stacks. `deploy` may also create, change
 * and delete them. Both are limited to the names of the stacks' resources, except for API Gateway.
 * __tests__/emulator/deploy.test.ts compares the actions with the calls that Terraform makes.
 */
import type { Statement } from '../constructs/policy-parts';

/** The resources that the pipeline manages. Each list contains name stems, which are the same in all environments. */
export interface PipelineScope {
  readonly tables: readonly string[];
  /** Whether items expire in at least one table. */
  readonly itemsExpire: boolean;
  readonly functions: readonly string[];
  readonly roles: readonly string[];
  /** Name stems with their folder, for example `/aws/lambda/product`. */
  readonly logGroups: readonly string[];
  /** Keys of the stacks' states, with `*` for the environment. */
  readonly stateKeys: readonly string[];
  readonly bucketArn: string;
  /** Makes an ARN in the account and region of the stacks. */
  readonly arn: (service: string, resource: string) => string;
}

/** Actions on one kind of resource, without the service prefix. */
interface Actions {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

const TABLES: Actions = {
  read: ['DescribeContinuousBackups', 'DescribeTable', 'DescribeTimeToLive', 'ListTagsOfResource'],
  write: ['CreateTable', 'DeleteTable', 'TagResource', 'UntagResource', 'UpdateContinuousBackups', 'UpdateTable'],
};

const EXPIRY: Actions = { read: [], write: ['UpdateTimeToLive'] };

const FUNCTIONS: Actions = {
  // Without ListTags, GetFunction returns no tags (Lambda API reference, GetFunction), and every plan would add them.
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

/** Permissions for a plan without the state lock. The lock would need permission to write. */
export function planPermissions(scope: PipelineScope): Statement[] {
  return [
    ...resourceStatements(scope, ({ read }) => read),
    { sid: 'ReadStates', actions: ['s3:GetObject'], resources: stateArns(scope) },
  ];
}

/** Permissions for `cdktf deploy` and `cdktf destroy`, including the state lock. */
export function deployPermissions(scope: PipelineScope): Statement[] {
  return [
    ...resourceStatements(scope, ({ read, write }) => [...read, ...write]),
    {
      sid: 'GiveRolesToFunctions',
      actions: ['iam:PassRole'],
      resources: arnsOf(scope.roles, (name) => scope.arn('iam', `role/${name}`)),
      conditions: { 'iam:PassedToService': ['lambda.amazonaws.com'] },
    },
    {
      // To set up access logs, API Gateway calls these actions with the caller's permissions. They support no narrower
      // resource (API Gateway developer guide, "Configure logging for HTTP APIs").
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
    { sid: 'WriteStates', actions: ['s3:GetObject', 's3:PutObject'], resources: stateArns(scope) },
    {
      sid: 'LockStates',
      actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      resources: stateArns(scope).map((state) => `${state}.tflock`),
    },
  ];
}

/** Makes the statements for the resources of the stacks. @param select picks the actions that the role may call */
function resourceStatements(
  { arn, ...scope }: PipelineScope,
  select: (actions: Actions) => readonly string[],
): Statement[] {
  const selected = (service: string, actions: Actions) => select(actions).map((action) => `${service}:${action}`);
  return [
    {
      sid: 'Tables',
      actions: [...selected('dynamodb', TABLES), ...(scope.itemsExpire ? selected('dynamodb', EXPIRY) : [])],
      resources: arnsOf(scope.tables, (name) => arn('dynamodb', `table/${name}`)),
    },
    {
      // The AWS provider reads DynamoDB's default key, to distinguish it from a customer managed key.
      sid: 'TablesKey',
      actions: ['kms:DescribeKey'],
      resources: [arn('kms', 'key/*')],
      conditions: { 'kms:RequestAlias': ['alias/aws/dynamodb'] },
    },
    {
      sid: 'Functions',
      actions: selected('lambda', FUNCTIONS),
      resources: arnsOf(scope.functions, (name) => arn('lambda', `function:${name}`)),
    },
    {
      sid: 'Roles',
      actions: selected('iam', ROLES),
      resources: arnsOf(scope.roles, (name) => arn('iam', `role/${name}`)),
    },
    {
      sid: 'LogGroups',
      actions: selected('logs', LOG_GROUPS),
      // Some actions need the ARN with `:*`, which stands for the log streams.
      resources: [
        ...arnsOf(scope.logGroups, (name) => arn('logs', `log-group:${name}`)),
        ...scope.logGroups.map((name) => arn('logs', `log-group:${name}:*`)),
      ],
    },
    { sid: 'FindLogGroups', actions: ['logs:DescribeLogGroups'], resources: [arn('logs', 'log-group:*')] },
    {
      sid: 'Apis',
      actions: selected('apigateway', APIS),
      // All APIs of the region: ARNs of API Gateway contain generated ids, not names.
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

/** Makes ARNs that match a stem, and names that continue it with a hyphen: `product`, `product-staging`, not `productivity`. */
function arnsOf(stems: readonly string[], arnOf: (name: string) => string): string[] {
  return stems.flatMap((stem) => [arnOf(stem), arnOf(`${stem}-*`)]);
}

function stateArns({ bucketArn, stateKeys }: PipelineScope): string[] {
  return stateKeys.map((key) => `${bucketArn}/${key}`);
}
