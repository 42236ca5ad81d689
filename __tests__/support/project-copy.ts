/** Copies the project, so that a test can change its files. */
import { cpSync, mkdtempSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './local-run';

const COPIED = [
  '.gitignore',
  'app.cjs',
  'main.ts',
  'stacks',
  'constructs',
  'examples',
  'function',
  'scripts',
  'packages/lean-dynamodb',
  'cdktf.json',
  'package.json',
  'tsconfig.json',
];

/** Leaves out tests, packages, and what deployments of the examples write. */
const isSource = (file: string) => {
  const name = path.basename(file);
  return !['node_modules', '__tests__', '.terraform', 'cdktf.out'].includes(name) && !/\.tfstate(\.|$)/.test(name);
};

export interface ProjectCopy {
  readonly root: string;
  /** Replaces text as most editors do: writes a new file and renames it. @returns a function that restores the old content */
  edit(file: string, from: string | RegExp, to: string): () => void;
  /** Truncates the file and writes it, so that the file is empty for a moment. */
  overwrite(file: string, content: string): void;
  read(file: string): string;
  /** Restores files that a failed test did not restore. @returns whether any file had changed */
  restore(): boolean;
}

/** @param prefix of the folder's name */
export function copyProject(prefix = 'project-'): ProjectCopy {
  const root = mkdtempSync(path.join(os.tmpdir(), prefix));
  copySources(root);
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const replace = (file: string, content: string) => {
    const temporary = path.join(root, path.dirname(file), `.${path.basename(file)}.tmp`);
    writeFileSync(temporary, content);
    renameSync(temporary, path.join(root, file));
  };
  const edited = new Set<string>();
  return {
    root,
    read,
    restore: () => {
      const changed = [...edited].filter((file) => read(file) !== readFileSync(path.join(ROOT, file), 'utf8'));
      for (const file of changed) replace(file, readFileSync(path.join(ROOT, file), 'utf8'));
      return changed.length > 0;
    },
    overwrite: (file, content) => writeFileSync(path.join(root, file), content),
    edit: (file, from, to) => {
      edited.add(file);
      const before = read(file);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} does not contain ${from}`);
      replace(file, after);
      return () => replace(file, before);
    },
  };
}

/** Copies the app and the scripts of the project into a folder. The copy uses the npm packages of the project. */
export function copySources(root: string): void {
  for (const name of COPIED)
    cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true, filter: isSource });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
}
