/** Decides who may use the state bucket besides the pipeline's roles. */
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { matchesWildcard } from 'plan-review';
import type { Settings } from '../../stacks/settings';

/**
 * Returns the administrators in the settings. Without any, returns the caller. With `OWN_ACCOUNT`, cdktf.json names the administrators of
 * the pipeline's account, so administrators of another account than the caller's are left out.
 * @param callerArn the ARN of STS GetCallerIdentity
 * @returns an empty list without a repository and configured administrators, or when the root user is the only administrator
 * @throws Error when the settings have administrators, but the caller is not one of them: the bucket would refuse this run
 */
export async function stateAdministrators(settings: Settings, callerArn: string): Promise<readonly string[]> {
  const { stateAdministrators: all, githubRepository, region, previews } = settings;
  if (githubRepository === '' && all.length === 0) return [];
  const principal = await principalOf(callerArn, region);
  const hasOwnAccount = previews === 'OWN_ACCOUNT';
  const configured = hasOwnAccount ? all.filter((pattern) => accountOf(pattern) === accountOf(principal)) : all;
  // The bucket policy always admits the root user.
  if (principal.endsWith(':root')) return configured;
  if (configured.length === 0) return [principal];
  if (configured.some((pattern) => matchesWildcard(pattern, principal))) return configured;
  const place = hasOwnAccount
    ? 'the environment variable STATE_ADMINISTRATORS, a JSON list'
    : 'stateAdministrators in cdktf.json';
  throw new Error(
    `The state bucket would refuse these credentials: ${principal} matches none of the stateAdministrators ` +
      `${configured.join(', ')}. Add it to ${place}, or use the credentials of an administrator.`,
  );
}

function accountOf(arn: string): string | undefined {
  return arn.split(':')[4];
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
