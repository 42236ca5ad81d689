/** All that the files of a project say, as one name: for whatever is made of them. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { changedSince, keyOf, sha256, stateOf, statOf } from '../../../../cache/store.cjs';

/** Of git, npm and Terraform, in whatever folder. */
const NOT_SOURCES = ['.git', 'node_modules', '.terraform'];
/** Made by commands in the project's folder (.gitignore has them, too); `function/dist` may well be a source. */
const MADE = ['cdktf.out', '.bootstrap', '.e2e', 'dist', 'coverage', '.data', '.local'];
const MADE_FILES = /^(outputs|o)\.json$|\.tfstate(\..*)?$/;
/** Nothing that synthesizes reads them: dependency-cruiser forbids it. */
const NOT_OF_THE_APP = ['__tests__', 'bench', 'docs', 'e2e', '.github'];
const DATABASE = /^(CURRENT|LOCK|LOG(\.old)?|MANIFEST-\d+)$|\.(log|ldb|sst|dbtmp)$/;

/** A file that is larger counts as changed when its time or size are others; it need not be read at each start. */
const LARGE = 1024 * 1024;

/** A name for all that synth depends on but variables. Contents, not times: a checkout of another branch and back changes nothing. */
export function fingerprint(root: string): string {
  const sources = filesIn(root, true).map((name) => [name, hashOf(path.join(root, name))]);
  const installed = hashOf(path.join(root, 'node_modules/.package-lock.json'));
  return keyOf(root, process.execPath, process.versions, process.platform, process.arch, sources, installed);
}

function hashOf(file: string): string {
  try {
    const size = statOf(file)?.size ?? 0;
    return size > LARGE && !changedSince(file, Date.now())
      ? stateOf(file)
      : sha256(readFileSync(file)).toString('base64');
  } catch (error) {
    // A file that went meanwhile, one that may not be read, a link that leads nowhere or to a folder; which one matters.
    return [(error as NodeJS.ErrnoException).code, linkOf(file)].join(' ');
  }
}

/** Where a link leads; of what is none, nothing. */
function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

/** The clock of most file systems goes on by so much (ms) at a time: 4 ms, or 10. */
const TICK_MS = 20;

/**
 * As changedSince, but for a file that says what it said at `time`: it may have been saved twice. Whatever its own time is, which
 * may lie ahead.
 * @param time in ms since the epoch
 */
export function savedSince(file: string, time: number): boolean {
  const stat = statOf(file);
  return stat !== undefined && stat.ctimeMs > time - TICK_MS;
}

/**
 * Paths of the files in a folder and those in it, sorted.
 * @param sourcesOnly without what commands make in a project, and what no synth reads
 */
export function filesIn(root: string, sourcesOnly = false): string[] {
  const visit = (folder: string): string[] => {
    const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
    const database = isDatabase(entries.map(({ name }) => name));
    return entries.flatMap((entry) => {
      const name = path.join(folder, entry.name);
      if (!sourcesOnly) return entry.isDirectory() ? visit(name) : [name];
      if (NOT_SOURCES.includes(entry.name) || (folder === '' && isNoSource(entry.name))) return [];
      if (entry.isDirectory()) return visit(name);
      return entry.isSocket() || entry.isFIFO() || (database && DATABASE.test(entry.name)) ? [] : [name];
    });
  };
  return visit('').sort();
}

/** @param name in the project's folder itself */
function isNoSource(name: string): boolean {
  return NOT_OF_THE_APP.includes(name) || MADE.includes(name) || MADE_FILES.test(name);
}

/** Those of a LevelDB, such as the tables of a local run (`--data`), which writes them anew at each start. */
function isDatabase(names: readonly string[]): boolean {
  return names.includes('CURRENT') && names.some((name) => /^MANIFEST-\d+$/.test(name));
}
