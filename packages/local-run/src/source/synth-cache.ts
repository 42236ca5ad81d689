/**
 * What synth wrote in an earlier run, for as long as nothing has changed of what it depends on. The local run knows nothing of
 * the app that synthesizes, and so takes everything for a dependency: every file of the project, Node.js, and of all that is
 * elsewhere (packages, a folder beside the project) the files that the app says it used; of the environment what it says it read.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { changedSince, keyOf, stateOf, Store } from '../../../../cache/store.cjs';
import { filesIn, fingerprint, savedSince } from './project-state';

/** Replaced by the folder that the run was given. */
const ROOT = process.cwd();

/** An import without one finds a file with one of them. */
const EXTENSIONS = ['.tsx', '.ts', '.jsx', '.js', '.cjs', '.mjs', '.json', '.node'];

/** Where it writes to is no part of what synth writes, nor where it says what it used. */
const NOT_READ = /^(CDKTF_OUTDIR|INPUTS_FILE)$/;
/** Variables of the terminal, of the shell, and those that npm sets for itself: of all they are left out, unless they were read. */
const VOLATILE =
  /^(npm_.*|INIT_CWD|_|SHLVL|PWD|OLDPWD|COLUMNS|LINES|TERM_.*|WINDOWID|SSH_.*|TMUX.*|STY|(VSCODE|ITERM|KITTY|WEZTERM|ALACRITTY|KONSOLE|GNOME_TERMINAL|VTE)_.*)$/;
/** Read by Node.js itself and the system below it, of which process.env knows nothing. */
const ALWAYS_READ = /^(NODE_.*|PATH|HOME|TMPDIR|TMP|TEMP|TZ|LANG|LANGUAGE|LC_.*|(LD|DYLD|UV|ICU|SSL|OPENSSL)_.*)$/;

/** What the app says of itself, see cache/typescript.cjs. */
export interface Inputs {
  /** All files that it used; none: it does not say. */
  readonly files: readonly string[];
  /** The environment variables that it read; null: any, or all. */
  readonly variables: readonly string[] | null;
}

/** Sets of variables, of one state of the project. */
const MOST_KNOWN = 8;

interface Entry {
  /** What synth used that the key does not know of, and what tells whether it has changed. */
  readonly used: readonly (readonly [path: string, state: string])[];
  /** The synthesized files, in base64. */
  readonly files: Readonly<Record<string, string>>;
}

/** A synth from here on: `restore` in its place, or `keep` after it. */
export class SynthCache {
  private readonly store: Store;
  /** By the project: of which variables what was kept depends, in turn by those of each run. */
  private readonly index: Store;
  private readonly project: string;

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
    this.index = new Store('synth-variables', folder);
    this.project = fingerprint(root);
  }

  /** @returns whether everything that synth would write is in `out` now */
  restore(out: string): boolean {
    return this.known().some((variables) => this.restoreBy(this.key(variables), out));
  }

  private restoreBy(key: string, out: string): boolean {
    const content = this.store.read(key);
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
   * @param began when it did: Date.now()
   */
  keep(out: string, { files: inputs, variables }: Inputs, began: number): void {
    if (inputs.length === 0) return;
    const known = new Set(filesIn(this.root, true).map((name) => path.join(this.root, name)));
    const unknown = inputs.filter((file) => !known.has(file));
    const others = rivals(unknown);
    // Before it is asked whether they have changed: a change in between is one of both, or of neither.
    const used = [...unknown, ...others].map((file) => [file, stateOf(file)] as const);
    if ([...unknown, ...others.filter((file) => existsSync(file))].some((file) => changedSince(file, began))) return;
    const files = Object.fromEntries(filesIn(out).map((name) => [name, readFileSync(path.join(out, name), 'base64')]));
    // A save that the next one undid leaves the same contents, and synth may have loaded what was there between them. (Other files,
    // the app may write itself.)
    if (inputs.some((file) => known.has(file) && savedSince(file, began))) return;
    if (fingerprint(this.root) !== this.project) return;
    this.store.write(this.key(variables), JSON.stringify({ used, files } satisfies Entry));
    const earlier = this.known().filter((known) => JSON.stringify(known) !== JSON.stringify(variables));
    this.index.write(this.project, JSON.stringify([variables, ...earlier].slice(0, MOST_KNOWN)));
  }

  private known(): Inputs['variables'][] {
    const content = this.index.read(this.project);
    return content ? (JSON.parse(content.toString()) as Inputs['variables'][]) : [];
  }

  /** An app that reads the same of the same variables does the same, whatever the others are. */
  private key(variables: Inputs['variables']): string {
    const read = Object.keys(this.environment).filter(
      (name) => !(variables === null && VOLATILE.test(name)) && !NOT_READ.test(name),
    );
    const matters = read.filter((name) => variables?.includes(name) !== false || ALWAYS_READ.test(name)).sort();
    return keyOf(
      this.project,
      variables,
      matters.map((name) => [name, this.environment[name]]),
    );
  }
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
