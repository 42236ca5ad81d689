/** Asks before bootstrap removes resources, and refuses to destroy a bucket in use. */
import { ask } from '../cli';
import type { Bucket } from './bucket';

/** The folder of the synthesized stack. It also holds the state file until the state is in the bucket. */
export const WORK_FOLDER = '.bootstrap';

/**
 * Refuses to destroy a bucket that is still in use.
 * @param location the place of the state; `file` after bootstrap has moved it out of the bucket and unprotected the bucket
 * @throws Error with all reasons
 */
export function refuseInUse({ name }: Bucket, location: 'bucket' | 'file', reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  const lines = [
    `The bucket ${name} is still in use, and was not destroyed.`,
    ...reasons.map((reason) => `  - ${reason}`),
  ];
  if (location === 'file') {
    lines.push(
      `Its state is now the file ${WORK_FOLDER}/terraform.tfstate, and the bucket is unprotected.`,
      `To protect it and to move the state back, run: npm run bootstrap -- --bucket ${name}`,
    );
  }
  throw new Error(lines.join('\n'));
}

/** Asks for approval when the plan removes or replaces resources: without it, a missing setting would remove the roles. */
export async function approve(removed: readonly string[]): Promise<void> {
  const change = `This removes or replaces ${removed.join(', ')}.`;
  const typed = await ask(`\n${change} Type yes to continue: `);
  if (typed === 'yes') return;
  throw new Error(
    `Nothing was changed. ${change} Check whether the setting githubRepository (GITHUB_OIDC_REPOSITORY) or apiGatewayLogRole ` +
      '(API_GATEWAY_LOG_ROLE) is missing, or pass --yes.',
  );
}

/** Asks for the name of the bucket. @throws Error when another text is typed, or when there is no terminal */
export async function confirmDestruction(name: string, typedName: string | undefined): Promise<void> {
  const typed =
    typedName ??
    (await ask('This destroys the bucket and all versions of all states in it. To confirm, type its name: '));
  if (typed === name) return;
  throw new Error(
    typed === undefined
      ? `Nothing was destroyed: without a terminal, bootstrap cannot ask for the confirmation. Pass --confirm ${name}.`
      : `Nothing was destroyed: ${JSON.stringify(typed)} is not ${name}.`,
  );
}
