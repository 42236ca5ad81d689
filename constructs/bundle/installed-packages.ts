/** Facts about npm packages, by the paths of their files. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE_FOLDER = /^.*(?:^|[\\/])node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)(?=[\\/])/;

/** Returns the name of the package that contains a file: `left-pad`. @returns undefined for a file of the project */
export function packageOf(file: string): string | undefined {
  return PACKAGE_FOLDER.exec(file)?.[1]?.replace('\\', '/');
}

/** Returns the package.json of the package that contains a file. @returns undefined for a file of the project */
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
 * Whether the package that contains a file requires another package, according to its package.json. Packages also load
 * optional packages that their package.json does not require: `knex` loads `oracledb`.
 * @param importer path of the file
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

/** Returns the package of an import: `left-pad` of `left-pad/lib`. @returns undefined when no package can have the name */
export function packageName(specifier: string): string | undefined {
  return /^(@[\w.~-]+\/)?[\w~-][\w.~:-]*/.exec(specifier)?.[0];
}
