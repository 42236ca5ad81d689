/** Reports how an SDK update changed the files that the plugin replaces. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  changedReplacements,
  type InstalledSdk,
  installedFile,
  installedVersion,
  newestVersion,
} from './installed-sdk';
import { replacements } from './replacements';

/** Fetches a published version of a package. @returns the folder with its files */
export type FetchPackage = (name: string, version: string) => string;

/**
 * Reports the state of each replaced file. For a changed file, the report contains the output of `git diff`.
 * @throws Error when git or `fetchPackage` fails
 */
export function sdkChanges(sdk: InstalledSdk, fetchPackage: FetchPackage): string {
  const changed = changedReplacements(sdk);
  const parts = replacements.map((replacement) => {
    const { package: name, file, replacementFile } = replacement;
    const version = newestVersion(replacement);
    const installedText = sdk[name] === undefined ? 'not installed' : `installed ${installedVersion(sdk, name)}`;
    const versions = `written for ${version}, ${installedText}`;
    if (!changed.includes(replacement)) return `same     ${name}/${file} (${versions})`;
    const installed = installedFile(sdk, replacement);
    if (installed === undefined || !existsSync(installed)) return `missing  ${name}/${file} (${versions})`;
    const title = `changed  ${name}/${file} (${versions}), replaced by src/client/${replacementFile}`;
    return `${title}\n\n${diff(path.join(fetchPackage(name, version), file), installed)}`;
  });
  return `${parts.join('\n')}\n`;
}

function diff(before: string, after: string): string {
  // git ends with status 1 when the files differ.
  const { stdout } = run('git', ['diff', '--no-index', '--no-prefix', before, after], '.', [0, 1]);
  return stdout;
}

/** Calls `use` with a function that downloads packages from npm's registry into a temporary folder. */
export function withNpmPackages<T>(use: (fetchPackage: FetchPackage) => T): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lean-dynamodb-'));
  try {
    return use((name, version) => {
      const target = path.join(folder, name.replace('/', '-'));
      const unpacked = path.join(target, 'package');
      if (existsSync(unpacked)) return unpacked;
      mkdirSync(target, { recursive: true });
      const { stdout } = run('npm', ['pack', '--silent', `${name}@${version}`], target);
      run('tar', ['-xzf', stdout.trim()], target);
      return unpacked;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], cwd: string, statuses = [0]): { readonly stdout: string } {
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', shell });
  if (error) throw new Error(`${command} did not start: ${error.message}. Install it, and put it on the PATH.`);
  if (!statuses.includes(status ?? -1)) {
    throw new Error(`${command} ${args.join(' ')} ended with status ${status}:\n${stdout}${stderr}`);
  }
  return { stdout };
}
