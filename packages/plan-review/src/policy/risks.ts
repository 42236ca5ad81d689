/** Finds actions that can extend rights, and grants of all actions. */
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
  'secretsmanager',
  'sso',
  'sso-directory',
  'sts',
];
/** Actions of other services that give other callers access. */
const SENSITIVE_ACTIONS = [
  'lambda:AddPermission',
  'lambda:AddLayerVersionPermission',
  'lambda:CreateFunctionUrlConfig',
];

/** Finds the actions of a statement that can extend rights, and wildcards that include such an action. */
export function sensitiveActions({ actions }: Statement): readonly Value[] {
  return actions.filter((action) => typeof action === 'string' && isSensitive(action.toLowerCase()));
}

function isSensitive(action: string): boolean {
  const [service = '', name = '*'] = action.split(':');
  if (SENSITIVE_SERVICES.some((sensitive) => coversPattern(service, sensitive))) return true;
  return SENSITIVE_ACTIONS.map((sensitive) => sensitive.toLowerCase().split(':')).some(
    ([sensitiveService = '', sensitiveName = '']) =>
      coversPattern(service, sensitiveService) && coversPattern(name, sensitiveName),
  );
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

/** `*`, or an ARN with only wildcards in the place of its resource, such as `arn:aws:s3:::*`. */
function isEveryResource(resource: string): boolean {
  return isWild(resource.split(':').slice(5).join(':')) || isWild(resource) || /^arn:[^:]*\*$/.test(resource);
}

function isWild(pattern: string): boolean {
  return /^[*?]*\*[*?]*$/.test(pattern);
}
