/** Facts about npm packages, by the paths of their files. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE_FOLDER = /^.*(?:^|[\\/])node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)(?=[\\/])/;

/** The name of the package that a file is in: `left-pad`; undefined for a file of the project. */
export function packageOf(file: string): string | undefined {
  return PACKAGE_FOLDER.exec(file)?.[1]?.replace('\\', '/');
}

/** The package.json of the package that a file is in; undefined for a file of the project. */
export function packageFileOf(file: string): string | undefined {
  const folder = PACKAGE_FOLDER.exec(file)?.[0];
  return folder === undefined ? undefined : path.join(folder, 'package.json');
}

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * Whether the package that a file is in needs another package, as its package.json says.
 * A package that loads another one without this, as `knex` does with `oracledb`, can do without.
 */
export function isRequired(name: string, importer: string): boolean {
  const file = packageFileOf(importer);
  if (file === undefined) return true;
  const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as PackageJson;
  if (peerDependenciesMeta?.[name]?.optional === true) return false;
  return name in { ...dependencies, ...peerDependencies };
}

/** The package of an import: `left-pad` of `left-pad/lib`; undefined when no package can have the name. */
export function packageName(specifier: string): string | undefined {
  return /^(@[\w.~-]+\/)?[\w~-][\w.~:-]*/.exec(specifier)?.[0];
}
