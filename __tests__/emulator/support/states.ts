/** Protects the states of another deployment: the suite works in the folders of the project and of an example. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { EXAMPLE } from './example';
import { ROOT } from './run';

/** @throws Error when a folder has a state */
export function refuseStates(): void {
  const states = ['', EXAMPLE].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((name) => /^terraform\..+\.tfstate$/.test(name))
      .map((name) => path.join(folder, name)),
  );
  const found = [...(existsSync(path.join(ROOT, '.bootstrap')) ? ['.bootstrap'] : []), ...states];
  if (found.length === 0) return;
  throw new Error(
    `The project's folder has ${found.join(', ')}: states of a deployment, which this suite would change. ` +
      'Run the suite in another clone. If an interrupted run of the suite left them, remove them.',
  );
}
