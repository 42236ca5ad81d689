/** Reads single values of a repository on GitHub. */
import { type Github, GithubError } from './api';

/** Id of GitHub Actions on github.com. */
const ACTIONS_ID = 15368;

/** Reads a file of a branch. */
export async function fileOf(github: Github, branch: string, file: string): Promise<string> {
  const { content } = await github.send<{ content: string }>('GET', `/contents/${file}?ref=${branch}`);
  return Buffer.from(content, 'base64').toString('utf8');
}

/** Reads the id of GitHub Actions, which differs on Enterprise Server. */
export async function actionsId(github: Github): Promise<number> {
  return (await orMissing(github.appId('github-actions'))) ?? ACTIONS_ID;
}

interface Variable {
  readonly name: string;
  readonly value: string;
}

/** Maximum number of variables on a page (GitHub REST API, "List repository organization variables"). */
const VARIABLES_PER_PAGE = 30;

/** Reads a variable of the repository, or of its organization. */
export async function variable(github: Github, name: string): Promise<string | undefined> {
  const own = await orMissing(github.send<Variable>('GET', `/actions/variables/${name}`));
  return own ? own.value : organizationVariable(github, name);
}

/** Reads a variable of an environment of the repository. */
export async function environmentVariable(
  github: Github,
  environment: string,
  name: string,
): Promise<string | undefined> {
  return (await orMissing(github.send<Variable>('GET', `/environments/${environment}/variables/${name}`)))?.value;
}

async function organizationVariable(github: Github, name: string): Promise<string | undefined> {
  for (let page = 1; ; page += 1) {
    const path = `/actions/organization-variables?per_page=${VARIABLES_PER_PAGE}&page=${page}`;
    const answer = await orMissing(github.send<{ variables: Variable[] }>('GET', path));
    const variables = answer?.variables ?? [];
    const found = variables.find((other) => other.name === name);
    if (found || variables.length < VARIABLES_PER_PAGE) return found?.value;
  }
}

/** Waits for an answer. @returns undefined when GitHub answers 404 */
async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GithubError && error.status === 404) return undefined;
    throw error;
  }
}
