/** Protects the local states that an interrupted run left in its copy of the project. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { suiteFolder } from './suite-folder';

/** Folders with local states, relative to a copy of the project. */
const STATE_FOLDERS = ['', '.bootstrap', 'examples/orders'];

/** An emulator keeps no resources, so only states of a real account matter. @throws Error when the copy has such a state */
export function refuseStates(root = path.join(suiteFolder(), 'project')): void {
  if (process.env['E2E_TARGET'] !== 'aws') return;
  const states = STATE_FOLDERS.filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => /^terraform(\..+)?\.tfstate$/.test(name))
      .map((name) => path.join(root, folder, name)),
  );
  if (states.length === 0) return;
  throw new Error(
    `An interrupted run of the suite left ${states.join(', ')}. Destroy the resources of these states, and delete ${root}.`,
  );
}
