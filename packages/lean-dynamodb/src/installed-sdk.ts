/** Finds the installed SDK, and compares its files with those that the replacements were written for. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { type Replacement, replacements } from './replacements';

export const CLIENT = '@aws-sdk/client-dynamodb';
export const LIBRARY = '@aws-sdk/lib-dynamodb';
export const CORE = '@smithy/core';

/** Folders of the SDK's packages by their names; a package that is not installed is missing. */
export type InstalledSdk = Readonly<Partial<Record<string, string>>>;

/** @param folder where Node.js starts to look for the packages: a folder of the project that imports them */
export function findSdk(folder: string): InstalledSdk {
  const client = findPackage(CLIENT, folder);
  const core = client === undefined ? undefined : findPackage(CORE, client);
  const library = findPackage(LIBRARY, folder);
  return { ...(client && { [CLIENT]: client }), ...(library && { [LIBRARY]: library }), ...(core && { [CORE]: core }) };
}

function findPackage(name: string, from: string): string | undefined {
  const found = path.join(from, 'node_modules', name);
  if (existsSync(path.join(found, 'package.json'))) return realpathSync(found);
  const parent = path.dirname(from);
  return parent === from ? undefined : findPackage(name, parent);
}

/** The path of a replaced file; undefined when its package is not installed. */
export function installedFile(sdk: InstalledSdk, { package: name, file }: Replacement): string | undefined {
  const folder = sdk[name];
  return folder === undefined ? undefined : path.join(folder, file);
}

/** The replacements whose file is missing, or has another content than the replacement was written for. */
export function changedReplacements(sdk: InstalledSdk): Replacement[] {
  return replacements.filter((replacement) => {
    const file = installedFile(sdk, replacement);
    return file === undefined || !existsSync(file) || sha256(readFileSync(file)) !== replacement.sha256;
  });
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Says in one line that the stock SDK is used, which file is the reason, and what to do. */
export function fallbackMessage(sdk: InstalledSdk, changed: readonly Replacement[]): string {
  const [first] = changed;
  if (!first) return '';
  const others = changed.length > 1 ? ` (and ${changed.length - 1} more)` : '';
  const seen = versionOf(sdk, first.package) ?? 'not installed';
  return (
    `lean-dynamodb: the bundle has the stock AWS SDK, because ${first.package}/${first.file}${others} ` +
    `differs from the file that its replacement was written for (installed: ${seen}, written for: ${first.version}). ` +
    'Run `npx lean-dynamodb changes`.'
  );
}

/** The installed version of a package. */
export function versionOf(sdk: InstalledSdk, name: string): string | undefined {
  const folder = sdk[name];
  if (folder === undefined) return undefined;
  return (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { readonly version: string }).version;
}
