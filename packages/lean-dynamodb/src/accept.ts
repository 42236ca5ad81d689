/** Adds the content of changed SDK files to the contents that the replacements support. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { changedReplacements, type InstalledSdk, installedFile, installedVersion, sha256 } from './installed-sdk';
import type { Replacement } from './replacements';

const REPLACEMENTS_FILE = path.join(__dirname, 'replacements.ts');

/**
 * Writes the SHA-256 of each changed file into replacements.ts. The next run of a program reads it.
 * @param file the file to change @default replacements.ts
 * @returns a line for each changed file
 * @throws Error when a replaced file is missing: the replacement needs another file name
 */
export function acceptChanges(sdk: InstalledSdk, file = REPLACEMENTS_FILE): string {
  const lines = changedReplacements(sdk).map((replacement) => {
    const { package: name } = replacement;
    const changed = installedFile(sdk, replacement);
    const version = installedVersion(sdk, name);
    if (changed === undefined || version === undefined || !existsSync(changed)) {
      throw new Error(
        `${name}/${replacement.file} is missing in version ${version ?? 'none'}. Find the file that has its code now, and change \`file\` ` +
          `in ${file}.`,
      );
    }
    writeFileSync(file, withContent(readFileSync(file, 'utf8'), replacement, { version, hash: sha256(changed) }));
    return `accepted ${name}/${replacement.file} (${version})`;
  });
  return lines.length === 0 ? 'No replaced file has changed.\n' : `${lines.join('\n')}\n`;
}

/** Adds a content, or replaces the content of the same version. */
function withContent(
  text: string,
  { package: name, file, contents }: Replacement,
  { version, hash }: { readonly version: string; readonly hash: string },
): string {
  const before = blockOf(name, file, contents);
  const after = blockOf(name, file, { ...contents, [version]: hash });
  const parts = text.split(before);
  if (parts.length !== 2) {
    throw new Error(
      `replacements.ts has the contents of ${name}/${file} in another format. Format it with Prettier, and run accept again.`,
    );
  }
  return parts.join(after);
}

/** The lines in replacements.ts, as Prettier formats them. */
function blockOf(name: string, file: string, contents: Readonly<Record<string, string>>): string {
  const lines = Object.entries(contents).map(([version, hash]) => `      '${version}': '${hash}',\n`);
  return `    package: '${name}',\n    file: '${file}',\n    contents: {\n${lines.join('')}    },\n`;
}
