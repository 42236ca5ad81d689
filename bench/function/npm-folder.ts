/** Installs packages that only a benchmark needs, into .local/bench. Later runs reuse them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, '../../.local/bench');

/**
 * Returns a folder with these packages in node_modules. npm installs them at the first call.
 * @param packages exact versions by package name
 * @throws Error with the output of npm
 */
export function npmFolder(packages: Readonly<Record<string, string>>): string {
  const name = Object.entries(packages)
    .map(([packageName, version]) => `${packageName.replace(/^.*\//, '')}-${version}`)
    .join('_');
  const folder = path.join(FOLDER, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(path.join(unfinished, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  const { status, stdout, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: unfinished,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm could not install ${Object.keys(packages).join(', ')}:\n${stdout}${stderr}`);
  renameSync(unfinished, folder);
  return folder;
}
