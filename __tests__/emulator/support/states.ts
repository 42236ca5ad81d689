/** Protects the states of another deployment: the suite works in the project's folder, and would change them. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run';

/** @throws Error when the project's folder has a state */
export function refuseStates(): void {
  const states = readdirSync(ROOT).filter((name) => /^terraform\..+\.tfstate$/.test(name));
  const found = [...(existsSync(path.join(ROOT, '.bootstrap')) ? ['.bootstrap'] : []), ...states];
  if (found.length === 0) return;
  throw new Error(
    `The project's folder has ${found.join(', ')}: states of a deployment, which this suite would change. ` +
      'Run the suite in another clone. If an interrupted run of the suite left them, remove them.',
  );
}
