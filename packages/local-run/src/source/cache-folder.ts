/** A folder of cached results. Each result is a file whose name is the hash of all inputs. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MAX_ENTRIES = 20;
const MAX_BYTES = 100 * 1024 * 1024;

/** Entries contain values of variables and sensitive outputs, so only this user may read them. */
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** Variables of the terminal, the shell and npm, and the folder for temporary files. They differ between equal runs. */
const VOLATILE_VARIABLES =
  /^(npm_.*|INIT_CWD|_|SHLVL|PWD|OLDPWD|COLUMNS|LINES|TERM_.*|WINDOWID|SSH_(CLIENT|CONNECTION|TTY|AUTH_SOCK|AGENT_PID)|TMUX.*|STY|TMPDIR|TMP|TEMP|(VSCODE|ITERM|KITTY|WEZTERM|ALACRITTY|KONSOLE|GNOME_TERMINAL|VTE)_.*)$/;

export class CacheFolder<Entry> {
  /** @param folder created at the first `write` */
  constructor(private readonly folder: string) {}

  /** @returns undefined when the entry does not exist or is damaged */
  read(key: string): Entry | undefined {
    const file = this.fileOf(key);
    const text = readOrUndefined(file);
    if (text === undefined) return undefined;
    const [checksum, content] = splitOnce(text);
    if (sha256(content) !== checksum) return undefined;
    // Marks the entry as recently used, for `prune`.
    ignoringErrors(() => utimesSync(file, new Date(), new Date()));
    return JSON.parse(content) as Entry;
  }

  /** Writes the entry atomically, because other runs may read it. Does nothing if the folder is not writable. */
  write(key: string, entry: Entry): void {
    const content = JSON.stringify(entry);
    const temporary = `${this.fileOf(key)}.${process.pid}.tmp`;
    ignoringErrors(() => {
      mkdirSync(this.folder, { recursive: true, mode: PRIVATE_FOLDER });
      writeFileSync(temporary, `${sha256(content)}\n${content}`, { mode: PRIVATE_FILE });
      renameSync(temporary, this.fileOf(key));
      this.prune();
    });
  }

  private fileOf(key: string): string {
    return path.join(this.folder, key);
  }

  /** Removes the least recently used entries beyond the limits. Folders are caches of other kinds. */
  private prune(): void {
    const entries = readdirSync(this.folder)
      .map((name) => ({ file: this.fileOf(name), stats: statSync(this.fileOf(name), { throwIfNoEntry: false }) }))
      .flatMap(({ file, stats }) => (stats?.isFile() ? [{ file, stats }] : []))
      .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
    let bytes = 0;
    for (const [index, { file, stats }] of entries.entries()) {
      bytes += stats.size;
      if (index >= MAX_ENTRIES || bytes > MAX_BYTES) rmSync(file, { force: true });
    }
  }
}

/** The cache folder of this user, for all projects. */
export function userCacheFolder(): string {
  return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'local-run');
}

/** The environment variables that may change a result, sorted by name. */
export function stableVariables(environment: NodeJS.ProcessEnv): [name: string, value: string | undefined][] {
  return Object.entries(environment)
    .filter(([name, value]) => value !== undefined && !VOLATILE_VARIABLES.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function splitOnce(text: string): [string, string] {
  const end = text.indexOf('\n');
  return [text.slice(0, end), text.slice(end + 1)];
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function ignoringErrors(action: () => void): void {
  try {
    action();
  } catch {
    // Without a cache entry, the next run evaluates the project: slower, but correct.
  }
}
