/**
 * Caches synth output. The run knows nothing about the app, so the cache key covers all possible inputs: all files of the
 * project, the installed packages, Node.js, the command, its context and its environment.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { App } from './app';
import { INSTALLED_PACKAGES, type ProjectSnapshot } from './project-files';

/** Part of each key. Raise it when the format of an entry changes. */
const FORMAT = 2;
const MAX_ENTRIES = 20;
const MAX_BYTES = 100 * 1024 * 1024;

/** Variables of the terminal, the shell and npm, and the folder for temporary files. They differ between equal runs. */
const VOLATILE_VARIABLES =
  /^(npm_.*|INIT_CWD|_|SHLVL|PWD|OLDPWD|COLUMNS|LINES|TERM_.*|WINDOWID|SSH_(CLIENT|CONNECTION|TTY|AUTH_SOCK|AGENT_PID)|TMUX.*|STY|TMPDIR|TMP|TEMP|(VSCODE|ITERM|KITTY|WEZTERM|ALACRITTY|KONSOLE|GNOME_TERMINAL|VTE)_.*)$/;

/** The result of one run of the app. */
export interface SynthEntry {
  /** The synthesized files in base64, by their paths in the output folder. */
  readonly files: Readonly<Record<string, string>>;
  /** The text that the app printed, for example its warnings. */
  readonly output: string;
  /** The record of the app's process. A spare process needs it: see app-preload.ts. */
  readonly loaded: LoadedApp | undefined;
}

/** A record of the process that loaded CDKTF. */
export interface LoadedApp {
  /** `process.argv` of the process. */
  readonly argv: readonly string[];
  /** Files of CDKTF and similar packages that the process loaded, in the order of loading. */
  readonly packageFiles: readonly string[];
}

export class SynthCache {
  private readonly folder: string;

  /**
   * @param root root folder of the project
   * @param folder @default `node_modules/.cache/local-run` of the project; without node_modules, the user's cache folder
   */
  constructor(
    private readonly root: string,
    folder?: string,
  ) {
    this.folder = folder ?? cacheFolder(root);
  }

  /** @param environment all environment variables of the app, except CDKTF_OUTDIR */
  keyOf(app: App, environment: NodeJS.ProcessEnv, { hash }: ProjectSnapshot): string {
    const variables = Object.entries(environment)
      .filter(([name, value]) => value !== undefined && !VOLATILE_VARIABLES.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const installed = readOrUndefined(path.join(this.root, INSTALLED_PACKAGES));
    const { version, platform, arch } = process;
    const parts = [FORMAT, this.root, app, hash, variables, version, platform, arch, installed && sha256(installed)];
    return sha256(JSON.stringify(parts));
  }

  /** @returns undefined when the entry does not exist or is damaged */
  read(key: string): SynthEntry | undefined {
    const file = this.fileOf(key);
    const text = readOrUndefined(file)?.toString();
    if (text === undefined) return undefined;
    const [checksum, content] = splitOnce(text);
    if (sha256(content) !== checksum) return undefined;
    // Marks the entry as recently used, for `prune`.
    ignoringErrors(() => utimesSync(file, new Date(), new Date()));
    return JSON.parse(content) as SynthEntry;
  }

  /** Writes the entry atomically, because other runs may read it. Does nothing if the folder is not writable. */
  write(key: string, entry: SynthEntry): void {
    const content = JSON.stringify(entry);
    const temporary = `${this.fileOf(key)}.${process.pid}.tmp`;
    ignoringErrors(() => {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(temporary, `${sha256(content)}\n${content}`);
      renameSync(temporary, this.fileOf(key));
      this.prune();
    });
  }

  private fileOf(key: string): string {
    return path.join(this.folder, key);
  }

  /** Removes the least recently used entries beyond the limits. */
  private prune(): void {
    const entries = readdirSync(this.folder)
      .map((name) => ({ file: this.fileOf(name), stats: statSync(this.fileOf(name), { throwIfNoEntry: false }) }))
      .flatMap(({ file, stats }) => (stats ? [{ file, stats }] : []))
      .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
    let bytes = 0;
    for (const [index, { file, stats }] of entries.entries()) {
      bytes += stats.size;
      if (index >= MAX_ENTRIES || bytes > MAX_BYTES) rmSync(file, { force: true });
    }
  }
}

/** Reads all files of a synth output folder. */
export function readFiles(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [path.relative(folder, file), readFileSync(file, 'base64')]));
}

export function writeFiles(folder: string, files: SynthEntry['files']): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(content, 'base64'));
  }
}

/** The folder of files that make later runs faster: in node_modules of the project, or in the user's cache folder. */
export function cacheFolder(root: string): string {
  const packages = path.join(root, 'node_modules');
  if (existsSync(packages)) return path.join(packages, '.cache/local-run');
  return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'local-run');
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function splitOnce(text: string): [string, string] {
  const end = text.indexOf('\n');
  return [text.slice(0, end), text.slice(end + 1)];
}

function readOrUndefined(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function ignoringErrors(action: () => void): void {
  try {
    action();
  } catch {
    // Without a cache entry, the next run synthesizes the app: slower, but correct.
  }
}
