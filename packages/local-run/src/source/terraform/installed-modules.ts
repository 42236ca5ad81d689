/** Modules from registries and repositories: those that `terraform init` installed, and those that the run itself installs. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** An entry of `modules.json`, in which Terraform looks up the folder of a module call. */
export interface ModuleRecord {
  /** The path of the module calls: `api.function`. Empty: the root module. */
  readonly Key: string;
  readonly Source: string;
  readonly Version?: string;
  /** The module's folder, relative to the root module. */
  readonly Dir: string;
}

export interface InstalledModule extends ModuleRecord {
  /** The absolute path of the module's folder. */
  readonly folder: string;
}

/** Terraform installs modules here, relative to the root module. */
export const MODULES_FOLDER = path.join('.terraform', 'modules');

export class InstalledModules {
  /** The modules that the run installed. */
  private installedByRun: readonly InstalledModule[] = [];

  /**
   * @param root folder of the root module
   * @param folder a folder for modules that the run installs
   * @param dataFolder `TF_DATA_DIR` of the user @default `.terraform`
   */
  constructor(
    private readonly root: string,
    readonly folder: string,
    private readonly dataFolder = '.terraform',
  ) {}

  all(): InstalledModule[] {
    const file = path.resolve(this.root, this.dataFolder, 'modules', 'modules.json');
    const users = readModuleRecords(file).map((record) => ({ ...record, folder: path.resolve(this.root, record.Dir) }));
    return [...users, ...this.installedByRun];
  }

  /**
   * Keeps the modules that `terraform get` installed in a mirror, for the next mirrors.
   * @param root folder of the root module in the mirror
   */
  adopt(root: string): void {
    const installed = path.join(root, MODULES_FOLDER);
    mkdirSync(this.folder, { recursive: true });
    for (const name of readdirSync(installed)) {
      // Terraform links a module that an absolute path names. The run writes override files, so it needs a copy.
      const [module, target] = [realpathSync(path.join(installed, name)), path.join(this.folder, name)];
      cpSync(module, target, { recursive: true, verbatimSymlinks: true });
    }
    this.installedByRun = readModuleRecords(path.join(installed, 'modules.json'))
      .filter(({ Dir }) => Dir.startsWith(MODULES_FOLDER + path.sep))
      .map((record) => ({ ...record, folder: path.join(this.folder, path.relative(MODULES_FOLDER, record.Dir)) }))
      .filter(({ folder }) => existsSync(folder));
  }
}

/** @returns the records of a `modules.json`; an empty list when it is missing or faulty */
function readModuleRecords(file: string): ModuleRecord[] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly Modules: ModuleRecord[] }).Modules;
  } catch {
    return [];
  }
}
