/** Finds all modules of a configuration: local modules, and installed modules. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { InstalledModule, ModuleRecord } from './installed-modules';
import { type ModuleFolder, readModuleFolder } from './module-folder';

export interface ModuleTree {
  /** The root module comes first. */
  readonly folders: readonly ModuleFolder[];
  readonly records: readonly ModuleRecord[];
  /** Whether each module call has a folder. Otherwise, `terraform get` installs the missing modules. */
  readonly complete: boolean;
}

/** Deeper calls are endless: a module calls itself. */
const MAX_DEPTH = 50;

export interface ModuleTreeOptions {
  /** Folder of the root module, without symbolic links. */
  readonly root: string;
  readonly installed: readonly InstalledModule[];
  /** Whether OpenTofu reads the modules. */
  readonly isOpenTofu: boolean;
}

export function readModuleTree({ root, installed, isOpenTofu }: ModuleTreeOptions): ModuleTree {
  const folders = new Map<string, ModuleFolder>();
  const modules: InstalledModule[] = [];
  const installedByKey = new Map(installed.map((module) => [module.Key, module]));
  let complete = true;
  const visit = (parent: InstalledModule, depth: number) => {
    const module = folders.get(parent.folder) ?? readModuleFolder(parent.folder, isOpenTofu);
    folders.set(parent.folder, module);
    modules.push(parent);
    for (const [name, source] of callsIn(module)) {
      const key = parent.Key === '' ? name : `${parent.Key}.${name}`;
      const isLocal = source !== undefined && /^\.\.?\//.test(source);
      const child = isLocal ? localModule(key, source, parent, root) : installedByKey.get(key);
      if (child && existsSync(child.folder) && depth < MAX_DEPTH) visit(child, depth + 1);
      else complete = false;
    }
  };
  visit({ Key: '', Source: '', Dir: '.', folder: root }, 0);
  return { folders: [...folders.values()], records: modules.map(recordOf), complete };
}

function recordOf({ Key, Source, Version, Dir }: InstalledModule): ModuleRecord {
  return { Key, Source, Dir, ...(Version !== undefined && { Version }) };
}

/** The source of each module call by its name. Undefined: the source is not a plain string. */
function callsIn({ blocks }: ModuleFolder): Map<string, string | undefined> {
  const calls = new Map<string, string | undefined>();
  for (const { type, labels, strings } of blocks) {
    const [name] = labels;
    // An override file may set other arguments than the source.
    if (type === 'module' && name !== undefined) calls.set(name, strings.get('source') ?? calls.get(name));
  }
  return calls;
}

/** Terraform resolves symbolic links in the folders of local modules. */
function localModule(key: string, source: string, parent: InstalledModule, root: string): InstalledModule {
  const folder = path.join(parent.folder, source);
  const real = realPath(folder);
  const normalized = path.posix.normalize(source).replace(/\/$/, '');
  return {
    Key: key,
    Source: /^\.\.(\/|$)/.test(normalized) ? normalized : `./${normalized}`,
    Dir: real === path.resolve(folder) ? path.join(parent.Dir, source) : path.relative(root, real),
    folder: real,
  };
}

/** The path without symbolic links; the path itself when the folder is missing. */
function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
