/** Finds the ids of the GitHub repository and its owner. The roles trust the ids, because a name can get another owner. */
import type { Settings } from '../../stacks/settings';
import { apiOf, tokenOf } from '../github/api';

export type RepositoryIds = Pick<Settings, 'githubRepositoryId' | 'githubOwnerId'>;

type Environment = Readonly<Record<string, string | undefined>>;

/** The part of GitHub's answer that bootstrap reads (GitHub REST API, "Get a repository"). */
interface Repository {
  readonly id?: unknown;
  readonly full_name?: unknown;
  readonly owner?: { readonly id?: unknown };
}

const TIMEOUT_MS = 30_000;

/** End of every issuer on GitHub Enterprise Server. AWS cannot check ids in the tokens of such an issuer. */
const ENTERPRISE_SERVER_PATH = '/_services/token';

/**
 * Returns the ids in the settings, or asks GitHub's API for them.
 * @param environment GITHUB_TOKEN, for a private repository; GITHUB_API_URL @default the API of the issuer
 * @returns empty ids without a repository, and for GitHub Enterprise Server
 * @throws Error when GitHub does not answer, or when the repository has another name at GitHub
 */
export async function repositoryIds(settings: Settings, environment: Environment): Promise<RepositoryIds> {
  const { githubRepository, githubRepositoryId, githubOwnerId, githubOidcIssuer } = settings;
  const isKnown =
    githubRepositoryId !== '' || githubRepository === '' || githubOidcIssuer.endsWith(ENTERPRISE_SERVER_PATH);
  if (isKnown) return { githubRepositoryId, githubOwnerId };
  const url = `${environment['GITHUB_API_URL'] ?? apiOf(githubOidcIssuer)}/repos/${githubRepository}`;
  const repository = await read(url, tokenOf(environment));
  const [id, ownerId, name] = [repository.id, repository.owner?.id, repository.full_name];
  if (typeof id !== 'number' || typeof ownerId !== 'number' || typeof name !== 'string') {
    throw failure(url, `the answer has no ids: ${JSON.stringify(repository).slice(0, 200)}`);
  }
  if (name !== githubRepository) {
    throw new Error(
      `GitHub calls the repository ${name}, but githubRepository is ${githubRepository}. Set githubRepository to ${name}, with ` +
        'the same upper-case and lower-case letters: the tokens of its workflows contain this name.',
    );
  }
  return { githubRepositoryId: String(id), githubOwnerId: String(ownerId) };
}

async function read(url: string, token: string | undefined): Promise<Repository> {
  const headers = { accept: 'application/vnd.github+json', ...(token && { authorization: `Bearer ${token}` }) };
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 200)}`);
    return JSON.parse(text) as Repository;
  } catch (error) {
    const { message, cause } = error as Error;
    throw failure(url, cause instanceof Error ? cause.message : message);
  }
}

function failure(url: string, reason: string): Error {
  return new Error(
    `GET ${url}: ${reason}\nThe roles trust the repository by its ids. For a private repository, set GITHUB_TOKEN. Or set ` +
      "githubOwnerId and githubRepositoryId in cdktf.json; gh api repos/OWNER/NAME --jq '.owner.id,.id' prints them.",
  );
}
