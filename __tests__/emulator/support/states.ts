/** The suite works in the project's folder, and must not go on with the states of a deployment that is somebody's. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { STACKS } from './deployment';
import { ROOT } from './run';

/** @throws Error when there are any */
export function refuseStates(): void {
  const found = ['.bootstrap', ...STACKS.map((stack) => `terraform.${stack}.tfstate`)].filter((name) =>
    existsSync(path.join(ROOT, name)),
  );
  if (found.length === 0) return;
  throw new Error(
    `There is ${found.join(', ')} in the project's folder: states of a deployment, which this suite would take for its own. ` +
      'Run it in another clone, or remove them if a run of this suite that was interrupted left them.',
  );
}
