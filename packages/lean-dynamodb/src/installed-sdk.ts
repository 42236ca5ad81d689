/** Finds the installed SDK, and detects files whose content differs from the content that a replacement expects. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { type Replacement, replacements } from './replacements';

export const CLIENT_PACKAGE = '@aws-sdk/client-dynamodb';
export const DOCUMENT_PACKAGE = '@aws-sdk/lib-dynamodb';
export const CORE_PACKAGE = '@smithy/core';

/** The folder of each SDK package, by package name. A package that is not installed has no entry. */
export type InstalledSdk = Readonly<Partial<Record<string, string>>>;

/** Finds the SDK's packages. @param folder a folder of the project that imports them */
export function findSdk(folder: string): InstalledSdk {
  const client = findPackage(CLIENT_PACKAGE, folder);
  const core = client === undefined ? undefined : findPackage(CORE_PACKAGE, client);
  const library = findPackage(DOCUMENT_PACKAGE, folder);
  return {
    ...(client && { [CLIENT_PACKAGE]: client }),
    ...(library && { [DOCUMENT_PACKAGE]: library }),
    ...(core && { [CORE_PACKAGE]: core }),
  };
}

/** Searches `node_modules` of a folder and of its parents, as Node.js does. */
function findPackage(name: string, folder: string): string | undefined {
  const candidate = path.join(folder, 'node_modules', name);
  if (existsSync(path.join(candidate, 'package.json'))) return realpathSync(candidate);
  const parent = path.dirname(folder);
  return parent === folder ? undefined : findPackage(name, parent);
}

/** The path of a replaced file; undefined when its package is not installed. */
export function installedFile(sdk: InstalledSdk, { package: name, file }: Replacement): string | undefined {
  const folder = sdk[name];
  return folder === undefined ? undefined : path.join(folder, file);
}

/** The replacements whose SDK file is missing, or differs from the content that the replacement expects. */
export function changedReplacements(sdk: InstalledSdk): Replacement[] {
  return replacements.filter((replacement) => {
    const file = installedFile(sdk, replacement);
    return file === undefined || !existsSync(file) || !Object.values(replacement.contents).includes(sha256(file));
  });
}

/** SHA-256 of a file, in hexadecimal. */
export function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The newest version of the package whose file the replacement supports. */
export function newestVersion({ contents }: Replacement): string {
  return Object.keys(contents).at(-1) ?? '';
}

/** Says in one line that the bundle contains the stock SDK, which file is the reason, and what to do. */
export function fallbackMessage(sdk: InstalledSdk, changed: readonly Replacement[]): string {
  const [first] = changed;
  if (!first) return '';
  const others = changed.length > 1 ? ` (and ${changed.length - 1} more)` : '';
  return (
    `lean-dynamodb: the bundle contains the stock AWS SDK, because ${reasonOf(sdk, first, others)} ` +
    (sdk[first.package] === undefined ? `Run \`npm install ${first.package}\`.` : 'Run `npx lean-dynamodb changes`.')
  );
}

/** @param others the number of other files, in brackets */
function reasonOf(sdk: InstalledSdk, replacement: Replacement, others: string): string {
  const { package: name, file, contents } = replacement;
  const installed = installedVersion(sdk, name);
  if (installed === undefined) return `the package ${name} is not installed.`;
  const subject = `${name}/${file}${others}`;
  const versions = `(installed: ${installed}, expected: ${newestVersion(replacement)})`;
  if (!existsSync(installedFile(sdk, replacement) ?? '')) return `${subject} is missing ${versions}.`;
  if (installed in contents) return `${subject} was changed after its installation, in version ${installed}.`;
  return `${subject} differs from the file that the replacement expects ${versions}.`;
}

/** The installed version of a package; undefined when it is not installed. */
export function installedVersion(sdk: InstalledSdk, name: string): string | undefined {
  const folder = sdk[name];
  if (folder === undefined) return undefined;
  return (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { readonly version: string }).version;
}
