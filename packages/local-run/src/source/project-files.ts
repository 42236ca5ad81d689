/** Lists and hashes the files that a synth may depend on: all files of the project, except ignored files and files of tools. */
import { createHash } from 'node:crypto';
import { existsSync, fstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Ignore } from 'ignore';
import { readRules } from './ignore-rules';
import type { ProjectScope } from './project-scope';

/** Larger files are compared by size and time, because reading them at each start would take too long. */
const MAX_HASHED_BYTES = 16 * 1024 * 1024;

/** Resolution of file times. If a file changed less than this time before it was read, its next change may have equal times. */
const FILE_CLOCK_MS = 50;

/** npm rewrites this file when it adds, changes or removes packages. */
export const INSTALLED_PACKAGES = path.join('node_modules', '.package-lock.json');

/** The contents of a project at one moment. */
export interface ProjectSnapshot {
  /** Hashes of the contents, by path relative to the root. */
  readonly files: ReadonlyMap<string, string>;
  /** A hash of all names and contents. */
  readonly hash: string;
  /** A hash of the inodes, sizes and times of all files. It also differs after a file was saved and the save was undone. */
  readonly stamp: string;
}

interface FileState {
  readonly hash: string;
  readonly stamp: string;
}

export class ProjectFiles {
  /** Called with the files and folders of a new scope. */
  onScope: ((included: readonly string[]) => void) | undefined;
  private readonly defaultRoot: string;
  private rules: Ignore;
  /** Known hashes by path. A hash is valid while the stamp (inode, size and times) stays the same. */
  private readonly hashes = new Map<string, FileState>();
  private readonly written: string[];
  /** Files that stdout and stderr of the run go to, for example with `npm start > run.log`. */
  private readonly outputIds = outputFileIds();

  /**
   * @param folder the folder of cdktf.json, or of Terraform files
   * @param written files and folders that the run itself writes, such as `--outputs-file` and `--data`
   * @param scope @default all files below the nearest folder that has packages installed
   */
  constructor(
    folder: string,
    written: readonly string[] = [],
    private scope?: ProjectScope,
  ) {
    this.written = [...written];
    this.defaultRoot = scope ? folder : projectRoot(path.resolve(folder), written);
    this.rules = this.currentRules();
  }

  /** The folder that contains all files of the project. */
  get root(): string {
    return this.scope?.root ?? this.defaultRoot;
  }

  /** Replaces the scope. The project then has other files. */
  setScope(scope: ProjectScope): void {
    if (isDeepStrictEqual(scope, this.scope)) return;
    this.scope = scope;
    this.rules = this.currentRules();
    this.onScope?.(scope.included);
  }

  /** @param file an absolute path */
  ignores(file: string, isFolder: boolean): boolean {
    const name = path.relative(this.root, file).split(path.sep).join('/');
    if (name === '' || name.startsWith('../')) return false;
    if (this.scope && !this.scope.included.some((part) => contains(part, file) || contains(file, part))) return true;
    return this.rules.ignores(isFolder ? `${name}/` : name);
  }

  /** Hashes all files. It compares contents, not times: checking out another branch and back changes nothing. */
  snapshot(): ProjectSnapshot {
    this.rules = this.currentRules();
    const states = new Map<string, FileState>();
    this.visit(this.root, states, new Set([realPath(this.root)]));
    const files = new Map([...states].map(([name, { hash }]) => [name, hash]));
    const stamps = [...states].map(([name, { stamp }]) => [name, stamp] as const);
    return { files, hash: hashOf(files), stamp: hashOf(stamps) };
  }

  private visit(folder: string, states: Map<string, FileState>, visited: Set<string>): void {
    for (const entry of entriesOf(folder)) {
      const file = path.join(folder, entry.name);
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && isDirectory(file));
      if (this.ignores(file, isFolder)) {
        if (this.scope && entry.name === 'node_modules') this.visitPackages(file, states);
        continue;
      }
      const name = path.relative(this.root, file);
      if (entry.isSymbolicLink()) states.set(`${name}@`, { hash: linkTarget(file), stamp: '' });
      if (!isFolder) {
        if (entry.isFile() || entry.isSymbolicLink()) this.visitFile(name, file, states);
      } else if (!visited.has(realPath(file))) {
        visited.add(realPath(file));
        this.visit(file, states, visited);
      }
    }
  }

  /** Functions of Terraform projects have packages of their own, which archives contain. */
  private visitPackages(folder: string, states: Map<string, FileState>): void {
    const file = path.join(folder, path.basename(INSTALLED_PACKAGES));
    if (existsSync(file)) states.set(path.relative(this.root, file), this.stateOf(file));
  }

  private visitFile(name: string, file: string, states: Map<string, FileState>): void {
    if (this.outputIds.length > 0 && this.outputIds.includes(fileId(file))) {
      this.written.push(file);
      this.rules = this.currentRules();
    } else states.set(name, this.stateOf(file));
  }

  private stateOf(file: string): FileState {
    try {
      const { ino, size, mtimeMs, ctimeMs } = statSync(file);
      const stamp = `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
      if (size > MAX_HASHED_BYTES) return { hash: stamp, stamp };
      const known = this.hashes.get(file);
      if (known?.stamp === stamp) return known;
      const isSettled = ctimeMs < Date.now() - FILE_CLOCK_MS;
      const hash = createHash('sha256').update(readFileSync(file)).digest('base64');
      const state = { hash, stamp };
      if (isSettled) this.hashes.set(file, state);
      return state;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
      return { hash: code, stamp: code };
    }
  }

  private currentRules(): Ignore {
    return readRules(this.root, this.written, this.scope);
  }
}

/**
 * Finds the nearest folder at or above the app that has packages installed. In a workspace, this is the top folder. An app in a
 * folder that the top folder ignores, for example below a folder `node_modules`, is a project of its own.
 */
function projectRoot(folder: string, written: readonly string[]): string {
  for (let root = folder; ; root = path.dirname(root)) {
    if (existsSync(path.join(root, INSTALLED_PACKAGES))) {
      const name = path.relative(root, folder).split(path.sep).join('/');
      return name !== '' && readRules(root, written).ignores(`${name}/`) ? folder : root;
    }
    if (root === path.dirname(root)) return folder;
  }
}

/** @returns the differing paths, sorted */
export function changedFiles(before: ProjectSnapshot, after: ProjectSnapshot): string[] {
  const names = new Set([...before.files.keys(), ...after.files.keys()]);
  const changed = [...names].filter((name) => before.files.get(name) !== after.files.get(name));
  return [...new Set(changed.map((name) => name.replace(/@$/, '')))].sort();
}

/** Whether a path is a folder itself, or below the folder. */
export function contains(folder: string, file: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

function hashOf(entries: Iterable<readonly [string, string]>): string {
  const hash = createHash('sha256');
  for (const [name, content] of entries) hash.update(`${name}\0${content}\0`);
  return hash.digest('hex');
}

/** Identifies the regular files among stdout and stderr of this process. */
function outputFileIds(): string[] {
  return [1, 2].map((descriptor) => fileId(descriptor)).filter((id) => id !== '');
}

/** @returns an empty text when it is not a regular file */
function fileId(file: string | number): string {
  try {
    const stats = typeof file === 'number' ? fstatSync(file) : statSync(file);
    return stats.isFile() ? `${stats.dev} ${stats.ino}` : '';
  } catch {
    return '';
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // The folder is removed or not readable.
    return [];
  }
}

function isDirectory(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** The path without symbolic links; the path itself when the file is gone. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function linkTarget(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
