/** Synthesizes the app of a folder as `cdktf synth` does. The output comes from the cache, a spare process or a new process. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type App, readApp } from './app';
import { checkResult } from './app-result';
import { readRecord, startApp } from './app-start';
import { ProjectFiles, type ProjectSnapshot } from './project-files';
import { RunTimeout, type RunTimeoutOptions } from './run-timeout';
import { spareInput, SpareProcess } from './spare-process';
import { type LoadedApp, readFiles, SynthCache, writeFiles } from './synth-cache';
import { SynthError } from './synth-error';

export interface SynthesizerOptions extends RunTimeoutOptions {
  /** The folder of cdktf.json. */
  readonly folder: string;
  /** A folder for synth output. */
  readonly workFolder: string;
  /** Variables for the app, in addition to the variables of this process. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Files and folders that the local run writes. The synthesizer ignores changes of them. */
  readonly written?: readonly string[];
  /** Whether to read the synth cache. The output is written to the cache in any case. @default true */
  readonly cache?: boolean | undefined;
  /** Folder of the synth cache. @default below node_modules/.cache of the project */
  readonly cacheFolder?: string | undefined;
}

export interface Synthesized {
  /** The folder with manifest.json. */
  readonly out: string;
  /** The project as it was when the synth began. */
  readonly snapshot: ProjectSnapshot;
  /** The text that the app printed, for example its warnings. The cache keeps it. */
  readonly output: string;
}

export class Synthesizer {
  readonly project: ProjectFiles;
  /** The project right after the last run of the app. */
  snapshotAfterRun: ProjectSnapshot | undefined;
  private readonly cache: SynthCache;
  private readonly environment: NodeJS.ProcessEnv;
  private readonly spare: SpareProcess;
  private readonly timeout: RunTimeout;
  private loaded: LoadedApp | undefined;
  private folders = 0;
  private stopped = false;

  constructor(private readonly options: SynthesizerOptions) {
    const { folder, workFolder, environment, written, cacheFolder } = options;
    this.project = new ProjectFiles(folder, written);
    const { root } = this.project;
    this.cache = new SynthCache(root, cacheFolder);
    this.environment = { ...process.env, ...environment };
    this.spare = new SpareProcess({
      root,
      workFolder,
      environment: this.environment,
      newFolder: () => this.newFolder(),
    });
    this.timeout = new RunTimeout(options);
    mkdirSync(workFolder, { recursive: true });
  }

  /**
   * Synthesizes the app. Call it only when no other `synth` is pending.
   * @param current the project as it is now @default the project is read
   * @throws SynthError
   */
  async synth(current?: ProjectSnapshot): Promise<Synthesized> {
    // Before the project is read: a wrong folder may not exist, or may be very large.
    const app = readApp(this.options.folder);
    const snapshot = current ?? this.project.snapshot();
    const key = this.cache.keyOf(app, this.environment, snapshot);
    const entry = this.options.cache === false ? undefined : this.cache.read(key);
    if (entry) {
      this.snapshotAfterRun = snapshot;
      this.loaded = entry.loaded;
      const out = this.newFolder();
      writeFiles(out, entry.files);
      return { out, snapshot, output: entry.output };
    }
    const { out, output } = await this.run(app);
    this.writeToCache(key, { out, snapshot, output });
    return { out, snapshot, output };
  }

  /** Starts a spare process, unless one waits already. Call it after a synth: the next synth is then faster. */
  prepare(): void {
    const { loaded, spare, stopped } = this;
    if (!loaded || !spare.isNeeded || stopped) return;
    const app = this.readAppOrUndefined();
    if (app) spare.prepare(app, loaded);
  }

  /** Shortens the timeout of the current run, because a newer save waits. */
  expire(): void {
    this.timeout.shorten();
  }

  /** Stops permanently. Settles when no process of the app is left. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([this.spare.stop(), this.timeout.stop()]);
  }

  /** @returns undefined when cdktf.json is faulty; the next synth throws the error */
  private readAppOrUndefined(): App | undefined {
    try {
      return readApp(this.options.folder);
    } catch {
      return undefined;
    }
  }

  private async run(app: App): Promise<Pick<Synthesized, 'out' | 'output'>> {
    const spare = await this.spare.take(app, this.loaded);
    // The user may have stopped the run while `take` stopped an outdated spare process.
    if (this.stopped) {
      await spare?.process.stop();
      throw new SynthError('The run has been stopped.');
    }
    const out = spare?.out ?? this.newFolder();
    const appProcess = spare?.process ?? startApp(app, out, this.environment);
    appProcess.writeInput(spare ? spareInput(app) : '');
    const result = await this.timeout.resultOf(appProcess).finally(() => {
      this.snapshotAfterRun = this.project.snapshot();
    });
    this.loaded = readRecord(out) ?? this.loaded;
    checkResult(app, result, out);
    return { out, output: result.output };
  }

  /**
   * Caches the output, unless a file was saved during the run or the output contains the path of its folder. A save that was
   * undone counts, too: the app may have read the file in between.
   */
  private writeToCache(key: string, { out, snapshot, output }: Synthesized): void {
    const files = readFiles(out);
    const after = this.snapshotAfterRun;
    if (after?.hash !== snapshot.hash || after.stamp !== snapshot.stamp) return;
    if (Object.values(files).some((content) => Buffer.from(content, 'base64').includes(out))) return;
    this.cache.write(key, { files, output, loaded: this.loaded });
  }

  /** Each synth gets a new folder, so no files of an earlier synth remain in it. */
  private newFolder(): string {
    this.folders += 1;
    const folder = path.join(this.options.workFolder, `synth-${this.folders}`);
    rmSync(folder, { recursive: true, force: true });
    return folder;
  }
}

/**
 * Synthesizes the app of a folder once. `start` serves the result when it is passed as `synthesized`.
 * @returns the folder with manifest.json
 * @throws SynthError
 */
export async function synth(options: SynthesizerOptions): Promise<string> {
  return (await new Synthesizer(options).synth()).out;
}
