/** Synthesizes the app of a folder as `cdktf synth` does: from the cache, by a spare process, or by a new one. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { workerFile } from '../package-root';
import { type App, readApp } from './app';
import { AppProcess, type AppResult } from './app-process';
import { checkResult, timeoutMessage } from './app-result';
import { RECORD_FILE, SPARE_FILE, type SpareInput } from './preload-protocol';
import { INSTALLED_PACKAGES, ProjectFiles, type ProjectSnapshot } from './project-files';
import { type LoadedApp, readFiles, SynthCache, writeFiles } from './synth-cache';
import { SynthError } from './synth-error';

export interface SynthesizerOptions {
  /** The folder of cdktf.json. */
  readonly folder: string;
  /** A folder for synth output. */
  readonly workFolder: string;
  /** Variables for the app beside those of this process. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Files and folders that the run itself writes. Changes of them are ignored. */
  readonly written?: readonly string[];
  /** Folder of the synth cache. @default below node_modules/.cache of the project */
  readonly cacheFolder?: string | undefined;
  /** Timeout for a run of the app, in ms. The first run has none. @default 30,000 */
  readonly timeoutMs?: number;
  /** Timeout, in ms, for a run of the app while a newer save waits. @default 5,000 */
  readonly outdatedTimeoutMs?: number;
}

export interface Synthesized {
  /** The folder with manifest.json. */
  readonly out: string;
  /** The project as it was when the synth began. */
  readonly snapshot: ProjectSnapshot;
}

/**
 * Synthesizes once.
 * @returns the folder with manifest.json
 * @throws SynthError
 */
export async function synth(options: SynthesizerOptions): Promise<string> {
  return (await new Synthesizer(options).synth()).out;
}

/** A timeout is at least this many times the longest run so far, as the machine may be busy. */
const MIN_TIMEOUT_FACTOR = 4;

/** A process that has loaded CDKTF and waits. */
interface Spare {
  readonly process: AppProcess;
  readonly out: string;
  /** The app for which it was started, and its packages: see `spareKey`. */
  readonly key: string;
}

interface ActiveRun {
  readonly process: AppProcess;
  readonly startedAt: number;
  timer?: NodeJS.Timeout | undefined;
  timedOut: boolean;
}

export class Synthesizer {
  readonly project: ProjectFiles;
  /** The project right after the last run of the app. */
  snapshotAfterRun: ProjectSnapshot | undefined;
  private readonly cache: SynthCache;
  private readonly environment: NodeJS.ProcessEnv;
  private loaded: LoadedApp | undefined;
  private spare: Spare | undefined;
  /** Whether a spare process ended before it was needed: this app cannot have one. */
  private spareFailed = false;
  private activeRun: ActiveRun | undefined;
  private longestRunMs = 0;
  private synths = 0;
  private stopped = false;

  constructor(private readonly options: SynthesizerOptions) {
    this.project = new ProjectFiles(options.folder, options.written);
    this.cache = new SynthCache(this.project.root, options.cacheFolder);
    this.environment = { ...process.env, ...options.environment };
    mkdirSync(options.workFolder, { recursive: true });
  }

  /**
   * Synthesizes the app. Call it again only after it has settled.
   * @param snapshot the project as it is now
   * @throws SynthError
   */
  async synth(snapshot = this.project.snapshot()): Promise<Synthesized> {
    const app = readApp(this.options.folder);
    const key = this.cache.keyOf(app, this.environment, snapshot);
    const entry = this.cache.read(key);
    if (entry) {
      this.snapshotAfterRun = snapshot;
      this.loaded = entry.loaded;
      const out = this.newFolder();
      writeFiles(out, entry.files);
      return { out, snapshot };
    }
    const out = await this.run(app);
    this.keep(key, out, snapshot);
    return { out, snapshot };
  }

  /** Starts a process that has loaded CDKTF by the time of the next synth. */
  prepare(): void {
    const { loaded, spare, spareFailed, stopped } = this;
    if (!loaded || spare || spareFailed || stopped) return;
    const app = this.readAppOrUndefined();
    if (!app) return;
    const file = path.join(this.options.workFolder, 'spare.json');
    writeFileSync(file, JSON.stringify(loaded));
    const out = this.newFolder();
    this.spare = {
      process: this.start(app, out, { [SPARE_FILE]: file, [RECORD_FILE]: `${out}.loaded.json` }),
      out,
      key: this.spareKey(app),
    };
  }

  /** Shortens the timeout of the current run, because a newer save waits. */
  expire(): void {
    if (this.longestRunMs > 0) this.endAfter(this.options.outdatedTimeoutMs ?? 5_000);
  }

  /** Stops for good. Settles when no process of the app is left. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.activeRun?.timer);
    await Promise.all([this.spare?.process.stop(), this.activeRun?.process.stop()]);
  }

  /** @returns undefined when cdktf.json is faulty; the next synth throws the error */
  private readAppOrUndefined(): App | undefined {
    try {
      return readApp(this.options.folder);
    } catch {
      return undefined;
    }
  }

  private async run(app: App): Promise<string> {
    const spare = await this.takeSpare(app);
    const out = spare?.out ?? this.newFolder();
    const recordFile = `${out}.loaded.json`;
    // The user may have stopped the run while an outdated spare process ended.
    if (this.stopped) throw new SynthError('The run has been stopped.');
    const process = spare?.process ?? this.start(app, out, { [RECORD_FILE]: recordFile });
    if (spare) {
      const variables = { CDKTF_CONTEXT_JSON: app.contextJson };
      process.writeInput(`${JSON.stringify({ variables } satisfies SpareInput)}\n`);
    } else {
      process.writeInput('');
    }
    const result = await this.resultOf(process);
    if (existsSync(recordFile)) this.loaded = JSON.parse(readFileSync(recordFile, 'utf8')) as LoadedApp;
    checkResult(app, result, out);
    return out;
  }

  private async resultOf(process: AppProcess): Promise<AppResult> {
    const startedAt = performance.now();
    const run: ActiveRun = { process, startedAt, timedOut: false };
    this.activeRun = run;
    // The duration of the first run is unknown, so only the user ends it.
    if (this.longestRunMs > 0) this.endAfter(this.options.timeoutMs ?? 30_000);
    const result = await process.result;
    this.snapshotAfterRun = this.project.snapshot();
    clearTimeout(run.timer);
    this.activeRun = undefined;
    const milliseconds = performance.now() - startedAt;
    if (run.timedOut) throw new SynthError(timeoutMessage(milliseconds, result.output));
    this.longestRunMs = Math.max(this.longestRunMs, milliseconds);
    return result;
  }

  /** @param ms from the start of the run */
  private endAfter(ms: number): void {
    const run = this.activeRun;
    if (!run) return;
    clearTimeout(run.timer);
    const timeout = Math.max(ms, this.longestRunMs * MIN_TIMEOUT_FACTOR);
    run.timer = setTimeout(
      () => {
        run.timedOut = true;
        void run.process.stop();
      },
      run.startedAt + timeout - performance.now(),
    );
  }

  /** @returns the spare process; undefined when there is none that is up to date */
  private async takeSpare(app: App): Promise<Spare | undefined> {
    const { spare } = this;
    this.spare = undefined;
    if (!spare) return undefined;
    if (spare.process.ended) {
      // A status means that it exited instead of waiting, as every spare process of this app would. A signal came from outside.
      const { status } = await spare.process.result;
      this.spareFailed = typeof status === 'number';
      return undefined;
    }
    if (spare.key === this.spareKey(app)) return spare;
    await spare.process.stop();
    return undefined;
  }

  private start(app: App, out: string, variables: Readonly<Record<string, string>>): AppProcess {
    const preload = JSON.stringify(workerFile('app-preload'));
    return new AppProcess(app, {
      ...this.environment,
      CDKTF_OUTDIR: out,
      CDKTF_CONTEXT_JSON: app.contextJson,
      // A path in quotes may have spaces.
      NODE_OPTIONS: `--require ${preload} ${this.environment['NODE_OPTIONS'] ?? ''}`.trim(),
      ...variables,
    });
  }

  /** Changes when a process that was started before would run another app, or has loaded other packages. */
  private spareKey({ command, folder }: App): string {
    const { root } = this.project;
    const files = [
      path.join(folder, 'package.json'),
      path.join(root, 'package.json'),
      path.join(root, INSTALLED_PACKAGES),
    ];
    return JSON.stringify([command, files.map((file) => stampOf(file)), this.loaded?.argv]);
  }

  /** Caches the output, unless the project changed during the run or the output contains the path of its folder. */
  private keep(key: string, out: string, snapshot: ProjectSnapshot): void {
    const files = readFiles(out);
    if (this.snapshotAfterRun?.hash !== snapshot.hash) return;
    if (Object.values(files).some((content) => Buffer.from(content, 'base64').includes(out))) return;
    this.cache.write(key, { files, loaded: this.loaded });
  }

  /** Each synth gets a new folder, so no files of an earlier synth remain in it. */
  private newFolder(): string {
    this.synths += 1;
    const folder = path.join(this.options.workFolder, `synth-${this.synths}`);
    rmSync(folder, { recursive: true, force: true });
    return folder;
  }
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.size} ${stats.mtimeMs}` : 'missing';
}
