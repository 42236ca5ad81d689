/** Decides who may use the state bucket besides the pipeline's roles. */
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { matchesWildcard } from 'plan-review';
import type { Settings } from '../../stacks/settings';

/**
 * Returns the administrators in the settings. Without any, returns the caller.
 * @param callerArn the ARN of STS GetCallerIdentity
 * @returns an empty list without a repository and configured administrators, or when the root user is the only administrator
 * @throws Error when the settings have administrators, but the caller is not one of them: the bucket would refuse this run
 */
export async function stateAdministrators(settings: Settings, callerArn: string): Promise<readonly string[]> {
  const { stateAdministrators: configured, githubRepository, region } = settings;
  if (githubRepository === '' && configured.length === 0) return [];
  const principal = await principalOf(callerArn, region);
  // The bucket policy always admits the root user.
  if (principal.endsWith(':root')) return configured;
  if (configured.length === 0) return [principal];
  if (configured.some((pattern) => matchesWildcard(pattern, principal))) return configured;
  throw new Error(
    `The state bucket would refuse these credentials: ${principal} matches none of the stateAdministrators ` +
      `${configured.join(', ')}. Add it to stateAdministrators in cdktf.json, or use the credentials of an administrator.`,
  );
}

/**
 * Returns the value of the condition key `aws:PrincipalArn`. For a session, it is the ARN of the role, with the role's path. Reads it
 * from IAM, because the ARN of a session lacks the path. Roles of IAM Identity Center have a path.
 */
async function principalOf(callerArn: string, region: string): Promise<string> {
  const [, name] = /:assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  if (name === undefined) return callerArn;
  const { Role } = await new IAMClient({ region }).send(new GetRoleCommand({ RoleName: name }));
  if (Role?.Arn === undefined) throw new Error(`IAM returned no ARN for the role ${name}. Use other credentials.`);
  return Role.Arn;
}
