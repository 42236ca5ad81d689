/** Finds actions that can extend permissions, and grants of all actions. */
import type { Value } from '../model/value';
import { coversPattern } from '../wildcard';
import type { Statement } from './statements';

/** Services whose actions give access to more than one resource: identities, keys and secrets. */
const SENSITIVE_SERVICES = [
  'account',
  'iam',
  'identitystore',
  'kms',
  'organizations',
  'ram',
  'secretsmanager',
  'sso',
  'sso-directory',
  'sts',
];
/** Actions of other services that give other callers access, or run code with the rights of other resources. */
const SENSITIVE_ACTIONS = [
  'cloudformation:CreateStack',
  'cloudformation:UpdateStack',
  'cognito-idp:AdminSetUserPassword',
  'dynamodb:PutResourcePolicy',
  'ec2:ModifyImageAttribute',
  'ec2:ModifySnapshotAttribute',
  'ecr:SetRepositoryPolicy',
  'events:PutPermission',
  'lambda:AddLayerVersionPermission',
  'lambda:AddPermission',
  'lambda:CreateFunction',
  'lambda:CreateFunctionUrlConfig',
  'lambda:UpdateFunctionCode',
  'rds:ModifyDBClusterSnapshotAttribute',
  'rds:ModifyDBSnapshotAttribute',
  's3:PutBucketAcl',
  's3:PutBucketPolicy',
  'sns:AddPermission',
  'sns:SetTopicAttributes',
  'sqs:AddPermission',
  'sqs:SetQueueAttributes',
  'ssm:SendCommand',
  'ssm:StartSession',
];
/** More actions that give other callers access, by the form of their name. */
const SENSITIVE_NAME =
  /^(add|associate|authorize|create|modify|put|set|update)\w*(permissions?|(?<!scaling|retention|lifecycle|backup|subscription)policy|acl|accessblock|resourceshare|urlconfig)$/;
/** Wildcards of ordinary roles, which include a sensitive action of their service. Services that run code are no exception. */
const ORDINARY_WILDCARD = /^(?!(lambda|ssm|cloudformation):)[\w-]+:(\*|(create|put|update)\*)$/;

/** Finds the actions of a statement that can extend permissions, and wildcards that include such an action. */
export function sensitiveActions({ actions }: Statement): readonly Value[] {
  return actions.filter((action) => typeof action === 'string' && isSensitive(action.toLowerCase()));
}

function isSensitive(action: string): boolean {
  const [service = '', name = '*'] = action.split(':');
  if (SENSITIVE_SERVICES.some((sensitive) => coversPattern(service, sensitive))) return true;
  if (SENSITIVE_NAME.test(name)) return true;
  if (ORDINARY_WILDCARD.test(action)) return false;
  return SENSITIVE_ACTIONS.some((sensitive) => coversPattern(action, sensitive.toLowerCase()));
}

/** Finds the actions of a statement that allow every action, or every action of a service on all resources. */
export function unlimitedActions({ actions, resources }: Statement): readonly Value[] {
  const hasAllResources = resources.some((resource) => typeof resource === 'string' && isEveryResource(resource));
  return actions.filter((action) => {
    if (typeof action !== 'string') return false;
    const [service = '', name] = action.split(':');
    return isWild(service) || (hasAllResources && name !== undefined && isWild(name));
  });
}

/** `*`, or an ARN whose resource has only wildcards, also behind its kind: `arn:aws:s3:::*`, `arn:aws:dynamodb:*:*:table/*`. */
function isEveryResource(resource: string): boolean {
  const [, , service = '', , , ...parts] = resource.split(':');
  // The first word of the resource is its kind, but a name in S3 and in the invocation of an API.
  const kind = service === 's3' || service === 'execute-api' ? '' : /^[\w-]+[/:]/;
  const name = parts.join(':').replace(kind, '');
  return /^[*?/:]*\*[*?/:]*$/.test(name) || isWild(resource) || /^arn:[^:]*\*$/.test(resource);
}

function isWild(pattern: string): boolean {
  return /^[*?]*\*[*?]*$/.test(pattern);
}
