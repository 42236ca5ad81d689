/** Copies the project into the folder of the suite. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { copySources } from '../../support/project-copy';
import { refuseStates } from './states';
import { PROJECT, suiteFolder } from './suite-folder';

/** Replaces the copy of the suite's last run. @returns the folder of the copy @throws Error as `refuseStates` */
export function projectCopy(): string {
  const root = path.join(suiteFolder(), 'project');
  refuseStates(root);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  copySources(root);
  for (const name of ['local-run', 'plan-review'])
    symlinkSync(path.join(PROJECT, 'packages', name), path.join(root, 'packages', name));
  return root;
}
