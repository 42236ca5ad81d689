/** Makes the mirror of a project, with the files that the run itself needs. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contains } from '../project-files';
import { MODULES_FOLDER } from './installed-modules';
import { Mirror } from './mirror';
import { hasBackend, INITIALIZED_BACKEND, OVERRIDE_FILE, overrideOf } from './overrides';
import { commonFolder, gitRoot, parentReferences } from './path-references';
import type { ProjectScan } from './project-scan';

export interface ProjectMirrorOptions {
  /** Folder of the root module, without symbolic links. */
  readonly root: string;
  /** The folder of the mirror, without symbolic links. Its earlier content is removed. */
  readonly folder: string;
  /** Folder of the modules that the run installed. */
  readonly installFolder: string;
  /** Whether to run provisioners. */
  readonly provisioners: boolean;
}

export function mirrorOf(scan: ProjectScan, options: ProjectMirrorOptions): Mirror {
  const { tree } = scan;
  const { root, folder, installFolder, provisioners } = options;
  const top = highestFolder(scan, options);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const mirror = new Mirror({ tree: folder, root, top });
  for (const module of tree.folders) {
    const override = overrideOf(module, module.folder === root, provisioners);
    if (contains(installFolder, module.folder)) {
      linkInstalled(mirror, installFolder, module.folder);
      if (override !== undefined) writeFileSync(path.join(module.folder, OVERRIDE_FILE), override);
    } else {
      mirror.makeReal(module.folder);
      if (override !== undefined) mirror.addFile(path.join(module.folder, OVERRIDE_FILE), override);
    }
  }
  if (tree.records.length > 1) {
    mirror.addFile(path.join(root, MODULES_FOLDER, 'modules.json'), JSON.stringify({ Modules: tree.records }));
  }
  const [rootModule] = tree.folders;
  if (rootModule && hasBackend(rootModule)) {
    mirror.addFile(path.join(root, '.terraform', 'terraform.tfstate'), INITIALIZED_BACKEND);
  }
  return mirror;
}

/** Programs that Terraform runs may refer to files that no text of the configuration names. */
function highestFolder(
  { tree: { folders }, variableValues }: ProjectScan,
  { root, installFolder, provisioners }: ProjectMirrorOptions,
): string {
  const runsPrograms =
    provisioners || folders.some(({ blocks }) => blocks.some(({ labels: [type] }) => type === 'external'));
  const modules = folders.filter(({ folder }) => !contains(installFolder, folder));
  const reached = modules.flatMap((module) => [module.folder, ...parentReferences(module, root)]);
  const reachedByVariables = parentReferences({ strings: variableValues, folder: root }, root);
  return commonFolder([root, ...reached, ...reachedByVariables, ...(runsPrograms ? [gitRoot(root) ?? path.sep] : [])]);
}

/** Links the package that contains a module. One package may contain several modules. */
function linkInstalled(mirror: Mirror, installFolder: string, folder: string): void {
  const [name = ''] = path.relative(installFolder, folder).split(path.sep);
  const link = path.join(mirror.root, MODULES_FOLDER, name);
  mirror.pathToWrite(link);
  rmSync(link, { force: true });
  symlinkSync(path.join(installFolder, name), link);
}
