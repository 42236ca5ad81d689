/** Checks the settings of the repository on GitHub, for the checklist. */
import type { Settings } from '../../stacks/settings';
import { apiOf, Github, tokenOf } from '../github/api';
import { checkRepository, type Finding } from '../github/check';

/** @returns undefined without a repository or a token @throws Error when the check fails */
export async function repositoryFindings(
  { githubRepository, githubOidcIssuer, githubEnvironment, previews }: Settings,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Finding[] | undefined> {
  if (githubRepository === '' || !tokenOf(environment)) return undefined;
  const github = Github.fromEnvironment({
    GITHUB_API_URL: apiOf(githubOidcIssuer),
    ...environment,
    GITHUB_REPOSITORY: githubRepository,
  });
  return checkRepository(github, githubEnvironment, previews);
}
