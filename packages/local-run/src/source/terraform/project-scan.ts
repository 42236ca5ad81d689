/** Reads what the run needs to know before Terraform evaluates a configuration: its modules, types and files. */
import { contains } from '../project-files';
import type { ProjectScope } from '../project-scope';
import { type AbsolutePaths, absolutePaths } from './absolute-paths';
import { type ModuleTree, type ModuleTreeOptions, readModuleTree } from './module-tree';
import { commonFolder, existingPaths, gitRoot, pathReferences } from './path-references';

export interface ProjectScan {
  readonly tree: ModuleTree;
  /** Types of the resources, data sources and ephemeral resources. */
  readonly types: readonly string[];
  /** Addresses of the required providers: `hashicorp/aws`. */
  readonly providers: readonly string[];
  /** The files that decide about the evaluation, as far as they are known without an evaluation. */
  readonly scope: ProjectScope;
  /** Strings in the values of variables. Relative paths in them count from the root module. */
  readonly variableValues: readonly string[];
  /** Further files that decide about the evaluation. Nobody watches them. */
  readonly absolutePaths: AbsolutePaths;
}

export interface ScanOptions extends ModuleTreeOptions {
  /** Folder of the modules that the run installed. They are not part of the project. */
  readonly installFolder: string;
  /** Files outside of the configuration that belong to the project, such as files with values of variables. */
  readonly inputs: readonly string[];
  /** Strings in the values of variables. */
  readonly variableValues: readonly string[];
}

export function scanProject({ installFolder, inputs, variableValues, ...options }: ScanOptions): ProjectScan {
  const { root } = options;
  const tree = readModuleTree(options);
  const modules = tree.folders.filter(({ folder }) => !contains(installFolder, folder));
  const folders = modules.map(({ folder }) => folder);
  const values = { folder: root, strings: variableValues };
  const references = [...modules, values].flatMap((module) => pathReferences(module, root));
  const repository = gitRoot(root) ?? root;
  return {
    tree,
    types: typesIn(tree),
    providers: providersIn(tree),
    variableValues,
    scope: scopeOf(repository, folders, existingPaths([...references, ...inputs])),
    absolutePaths: absolutePaths(
      tree.folders.flatMap(({ fileCalls }) => fileCalls),
      [...tree.folders, values].flatMap(({ strings }) => strings),
    ),
  };
}

/** @param files files and folders that the configuration names */
function scopeOf(repository: string, folders: readonly string[], files: readonly string[]): ProjectScope {
  const included = [...new Set([...folders, ...files])].sort();
  return {
    root: commonFolder([repository, ...included]),
    included,
    modules: folders,
    // Git ignores many files in folders above a module. Such a folder is not what the configuration needs from there.
    neverIgnored: [...new Set(files)].filter((file) => !folders.some((folder) => contains(file, folder))).sort(),
  };
}

function typesIn({ folders }: ModuleTree): string[] {
  const blocks = folders.flatMap((folder) => folder.blocks);
  const types = blocks.flatMap(({ type, labels: [name] }) =>
    ['resource', 'data', 'ephemeral'].includes(type) && name !== undefined ? [name] : [],
  );
  return [...new Set(types)].sort();
}

/** The addresses without the host of the registry. */
function providersIn({ folders }: ModuleTree): string[] {
  const blocks = folders.flatMap((folder) => folder.blocks).filter(({ type }) => type === 'terraform');
  return [...new Set(blocks.flatMap(({ sources }) => sources.flatMap(addressOf)))].sort();
}

/** @returns nothing for a source that is wrong: Terraform reports it, but not when its environment variables name the source */
function addressOf(source: string): string[] {
  // Terraform ignores case, and the namespace of a name alone is `hashicorp`. CDKTF writes `aws`.
  const [name = '', namespace = 'hashicorp'] = source.toLowerCase().split('/').reverse();
  return [name, namespace].every((part) => /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u.test(part))
    ? [`${namespace}/${name}`]
    : [];
}
