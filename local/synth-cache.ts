/**
 * What synth wrote in an earlier run, for as long as nothing has changed of what it depends on. The local run knows nothing of
 * the app that synthesizes, and so takes everything for a dependency: every file of the project, the environment, Node.js, and
 * of all that is elsewhere (packages, a folder beside the project) the files that the app says it used.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keyOf, ROOT, sha256, stateOf, statOf, Store } from '../cache/store.cjs';

/** Of git, npm and Terraform, in whatever folder. */
const NOT_SOURCES = ['.git', 'node_modules', '.terraform'];
/** Made by commands in the project's folder (.gitignore has them, too); `function/dist` may well be a source. */
const MADE = ['cdktf.out', '.bootstrap', '.e2e', 'dist', 'coverage', '.data', '.local'];
const MADE_FILES = /^(outputs|o)\.json$|\.tfstate(\..*)?$/;
/** Nothing that synthesizes reads them: dependency-cruiser forbids it. */
const NOT_OF_THE_APP = ['__tests__', 'bench', 'docs', 'e2e', '.github'];
/** An import without one finds a file with one of them. */
const EXTENSIONS = ['.tsx', '.ts', '.jsx', '.js', '.cjs', '.mjs', '.json', '.node'];

/** Variables of the terminal, of the shell, and those that npm sets for itself: they differ though nothing has changed. */
const VOLATILE =
  /^(npm_.*|INIT_CWD|_|SHLVL|PWD|OLDPWD|COLUMNS|LINES|TERM_SESSION_ID|WINDOWID|SSH_.*|INPUTS_FILE|JEST_WORKER_ID|CDKTF_OUTDIR)$/;

interface Entry {
  /** What synth used that the key does not know of, and what tells whether it has changed. */
  readonly used: readonly (readonly [path: string, state: string])[];
  /** The synthesized files, in base64. */
  readonly files: Readonly<Record<string, string>>;
}

/** A synth from here on: `restore` in its place, or `keep` after it. */
export class SynthCache {
  private readonly store: Store;
  private readonly key: string;

  /**
   * @param environment of the app, all of it
   * @param root the project @default this one
   */
  constructor(
    private readonly environment: NodeJS.ProcessEnv,
    private readonly root = ROOT,
    folder?: string,
  ) {
    this.store = new Store('synth', folder);
    this.key = fingerprint(root, environment);
  }

  /** @returns whether everything that synth would write is in `out` now */
  restore(out: string): boolean {
    const content = this.store.read(this.key);
    if (!content) return false;
    const { used, files } = JSON.parse(content.toString()) as Entry;
    if (used.some(([file, state]) => stateOf(file) !== state)) return false;
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(out, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, Buffer.from(text, 'base64'));
    }
    return true;
  }

  /**
   * Keeps what synth wrote, unless something changed while it ran.
   * @param inputs all files that it used; those that are in the key already are left out
   * @param began when it did: Date.now()
   */
  keep(out: string, inputs: readonly string[], began: number): void {
    if (inputs.length === 0) return;
    const known = new Set(filesIn(this.root, true).map((name) => path.join(this.root, name)));
    const unknown = inputs.filter((file) => !known.has(file));
    const others = rivals(unknown);
    if ([...unknown, ...others.filter((file) => existsSync(file))].some((file) => changedSince(file, began))) return;
    const used = [...unknown, ...others].map((file) => [file, stateOf(file)] as const);
    const files = Object.fromEntries(filesIn(out).map((name) => [name, readFileSync(path.join(out, name), 'base64')]));
    if (fingerprint(this.root, this.environment) !== this.key) return;
    this.store.write(this.key, JSON.stringify({ used, files } satisfies Entry));
  }
}

/** A name for all that synth depends on. Contents, not times: a checkout of another branch and back changes nothing. */
function fingerprint(root: string, environment: NodeJS.ProcessEnv): string {
  const variables = Object.entries(environment)
    .filter(([name]) => !VOLATILE.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const sources = filesIn(root, true).map((name) => [name, hashOf(path.join(root, name))]);
  const installed = hashOf(path.join(root, 'node_modules/.package-lock.json'));
  return keyOf(root, process.execPath, process.versions, process.platform, process.arch, variables, sources, installed);
}

/**
 * Where a file that comes would be found in the place of one of these: its folder, and names that stand before the folder's.
 * In packages only npm adds any.
 */
function rivals(files: readonly string[]): string[] {
  const folders = new Set(
    files.filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`)).map((file) => path.dirname(file)),
  );
  return [...folders].flatMap((folder) => [folder, ...EXTENSIONS.map((extension) => folder + extension)]);
}

function hashOf(file: string): string {
  try {
    return sha256(readFileSync(file)).toString('base64');
  } catch (error) {
    // A file that went meanwhile, a link that leads nowhere or to a folder, one that may not be read.
    return String((error as NodeJS.ErrnoException).code);
  }
}

function changedSince(file: string, time: number): boolean {
  const stat = statOf(file);
  // File times may be coarse, by as much as 2 s.
  return stat === undefined || Math.max(stat.mtimeMs, stat.ctimeMs) > time - 2000;
}

/** Paths of the files in a folder and those in it, sorted. */
function filesIn(root: string, sourcesOnly = false): string[] {
  const visit = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const name = path.join(folder, entry.name);
      if (!sourcesOnly) return entry.isDirectory() ? visit(name) : [name];
      if (NOT_SOURCES.includes(entry.name) || (folder === '' && isNoSource(entry.name))) return [];
      if (entry.isDirectory()) return visit(name);
      return entry.isSocket() || entry.isFIFO() ? [] : [name];
    });
  return visit('').sort();
}

/** @param name in the project's folder itself */
function isNoSource(name: string): boolean {
  return NOT_OF_THE_APP.includes(name) || MADE.includes(name) || MADE_FILES.test(name);
}
