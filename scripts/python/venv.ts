/** Installs Python packages from PyPI into a virtual environment below node_modules/.cache. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../project';

const execute = promisify(execFile);

/** Python is missing, or pip could not install the packages. */
export class PythonError extends Error {
  override readonly name = 'PythonError';
}

/**
 * Creates a virtual environment, once for each content of the requirements file.
 * @param requirements the requirements file, relative to the project, for example `.github/requirements.txt`
 * @param onInstall called with the content of the file before pip runs, which takes seconds
 * @returns the folder of the virtual environment; its commands are in `bin/`
 * @throws PythonError with the last line that Python or pip printed
 */
export async function installPython(requirements: string, onInstall: (packages: string) => void): Promise<string> {
  const file = path.join(ROOT, requirements);
  const content = readFileSync(file, 'utf8');
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const cache = path.join(ROOT, 'node_modules/.cache/python');
  // Names the folder of a complete installation.
  const complete = path.join(cache, `${hash}.txt`);
  if (existsSync(complete)) return readFileSync(complete, 'utf8');
  onInstall(content.trim());
  // Each process has its own folder, because several may install at the same time, for example the suites of a test run.
  const folder = path.join(cache, `${hash}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  await python('python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', file];
  await python(path.join(folder, 'bin/python'), pip);
  writeFileSync(`${folder}.txt`, folder);
  renameSync(`${folder}.txt`, complete);
  return folder;
}

async function python(command: string, args: readonly string[]): Promise<void> {
  try {
    await execute(command, args);
  } catch (error) {
    const { code, stderr = '', message } = error as NodeJS.ErrnoException & { stderr?: string };
    const reason =
      code === 'ENOENT' ? 'there is no python3 on the PATH' : (stderr.trim().split('\n').at(-1) ?? message);
    throw new PythonError(`Python packages could not be installed: ${reason}.`);
  }
}
