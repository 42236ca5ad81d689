/** Links packages into a folder `node_modules`, where both `require` and `import` find them. */
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PACKAGE_ROOT } from '../../package-root';

/** The scopes of version 3 of the SDK. */
const SDK_V3_SCOPES = ['@aws-sdk', '@smithy'];

/** Version 2 of the SDK is one package. */
const SDK_V2 = 'aws-sdk';

/**
 * Links the packages of several folders. A package of an earlier folder hides the same package of a later folder.
 * @param sources folders `node_modules`; missing folders are skipped
 */
export function linkPackages(sources: readonly string[], target: string): void {
  for (const source of sources) for (const name of packagesIn(source)) link(source, name, target);
}

/**
 * Links the packages of the SDK. The project's packages take precedence over the packages that the local run depends on.
 * @param version the version of the SDK in the runtime
 * @param projectFolder the folder from which the project's `node_modules` are searched
 */
export function linkSdk(version: 2 | 3, projectFolder: string | undefined, target: string): void {
  const sources = [...searchedFolders(projectFolder), ...searchedFolders(PACKAGE_ROOT)];
  for (const name of version === 3 ? SDK_V3_SCOPES : [SDK_V2]) {
    const [first, ...others] = [...new Set(sources)].filter((source) => existsSync(path.join(source, name)));
    if (first === undefined) continue;
    // One link to a scope takes less time than links to its hundred packages. Only packages of several folders need the links.
    if (others.length === 0 || name === SDK_V2) link(first, name, target);
    else linkPackagesOf(name, [first, ...others], target);
  }
}

function linkPackagesOf(scope: string, sources: readonly string[], target: string): void {
  for (const source of sources) for (const name of packagesOf(source, scope)) link(source, name, target);
}

/** The folders in which Node.js looks for the packages of a module in this folder. */
function searchedFolders(folder: string | undefined): readonly string[] {
  if (folder === undefined) return [];
  return createRequire(path.join(folder, 'index.js')).resolve.paths('any') ?? [];
}

function packagesIn(modules: string): string[] {
  return foldersIn(modules).flatMap((name) => (name.startsWith('@') ? packagesOf(modules, name) : [name]));
}

function packagesOf(modules: string, scope: string): string[] {
  return foldersIn(path.join(modules, scope)).map((name) => `${scope}/${name}`);
}

/** Names in a folder, without hidden files such as `.bin`. */
function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
}

function link(source: string, name: string, target: string): void {
  const file = path.join(target, name);
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  symlinkSync(path.join(source, name), file);
}
