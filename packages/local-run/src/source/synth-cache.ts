/**
 * Caches synth output. The run knows nothing about the app, so the cache key covers all possible inputs: all files of the
 * project, the installed packages, Node.js, the command, its context and its environment.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from './app';
import { CacheFolder, sha256, stableVariables, userCacheFolder } from './cache-folder';
import { INSTALLED_PACKAGES, type ProjectSnapshot } from './project-files';

/** Part of each key. Raise it when the format of an entry changes. */
const FORMAT = 2;

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
  private readonly folder: CacheFolder<SynthEntry>;

  /**
   * @param root root folder of the project
   * @param folder @default `node_modules/.cache/local-run` of the project; without node_modules, the user's cache folder
   */
  constructor(
    private readonly root: string,
    folder?: string,
  ) {
    this.folder = new CacheFolder(folder ?? cacheFolder(root));
  }

  /** @param environment all environment variables of the app, except CDKTF_OUTDIR */
  keyOf(app: App, environment: NodeJS.ProcessEnv, { hash }: ProjectSnapshot): string {
    const variables = stableVariables(environment);
    const installed = readOrUndefined(path.join(this.root, INSTALLED_PACKAGES));
    const { version, platform, arch } = process;
    const parts = [FORMAT, this.root, app, hash, variables, version, platform, arch, installed && sha256(installed)];
    return sha256(JSON.stringify(parts));
  }

  /** @returns undefined when the entry does not exist or is damaged */
  read(key: string): SynthEntry | undefined {
    return this.folder.read(key);
  }

  /** Writes the entry atomically, because other runs may read it. Does nothing if the folder is not writable. */
  write(key: string, entry: SynthEntry): void {
    this.folder.write(key, entry);
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
  return userCacheFolder();
}

function readOrUndefined(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
