/** `--watch`: synthesizes after each save and applies the result. One reload runs at a time. */
import { setTimeout } from 'node:timers/promises';
import type { Deployment } from '../model/deployment';
import { changedFiles, type ProjectSnapshot } from '../source/project-files';
import type { Source } from '../source/source';
import { ProjectWatcher } from '../source/project-watcher';
import { changesBetween } from './changes';
import type { Engine } from './engine';
import type { ReloadBarrier } from './reload-barrier';

export interface Reload {
  /** `unchanged`: the deployment is the same, byte for byte. `failed`: the previous version keeps serving. */
  readonly outcome: 'reloaded' | 'unchanged' | 'failed';
  /** Paths of the changed files, relative to the project's root. */
  readonly files: readonly string[];
  /** Phrases such as `items: code of http-crud-tutorial-function`. */
  readonly changes: readonly string[];
  /** Time from the first file event until the new version served. */
  readonly milliseconds: number;
  /** Why the reload failed. */
  readonly error?: string;
}

export interface WatchOptions {
  readonly barrier: ReloadBarrier;
  readonly source: Source;
  /** @param page the URL of the console page. Undefined: there is no console */
  readonly onReload: (reload: Reload, deployments: readonly Deployment[], page: string | undefined) => void;
  /** Called after each synth with the text that the app printed. */
  readonly onAppOutput: (text: string) => void;
  /** Called with each problem that the user should know, such as a folder that cannot be watched. */
  readonly onFault: (text: string) => void;
}

interface Deployed {
  readonly engine: Engine;
  readonly page: string | undefined;
  /** The project that was synthesized last. */
  snapshot: ProjectSnapshot;
}

/**
 * Pauses before the first, second, ... of the synths in a row for files that changed during the previous synth. A user's saves
 * end, or fall into a pause. After the last of these synths, the app itself seems to write the files.
 */
const PAUSES_MS = [0, 0, 1_000, 2_000, 4_000];

export class Watch {
  private readonly watcher: ProjectWatcher;
  /** Undefined until `begin`. */
  private deployed: Deployed | undefined;
  /** When the first change arrived that no synth covers yet. */
  private changedAt: number | undefined;
  private reloading: Promise<void> | undefined;
  /** Synths in a row for files that changed during the previous synth. */
  private chained = 0;
  /** Ends the current pause before a chained synth. */
  private pause: AbortController | undefined;
  private stopping: Promise<void> | undefined;

  /** Starts watching. Changes are applied after `begin`. */
  constructor(private readonly options: WatchOptions) {
    const { source, barrier, onFault } = options;
    this.watcher = new ProjectWatcher({
      project: source.project,
      onBegin: () => {
        if (this.deployed && !barrier.waiting) barrier.close();
      },
      onEnd: () => this.onChange(),
      onFault,
    });
  }

  /**
   * Starts applying changes. Settles when the whole project is watched.
   * @param snapshot the project that the engine serves
   * @param page the URL of the console page
   */
  async begin(engine: Engine, snapshot: ProjectSnapshot, page?: string): Promise<void> {
    await this.watcher.ready();
    if (this.stopping) return;
    this.deployed = { engine, snapshot, page };
    // Files may have changed since the first synth started.
    if (this.source.project.snapshot().hash === snapshot.hash) this.source.prepare();
    else this.watcher.recordEvent();
  }

  /** Stops watching. Settles when no reload runs. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    this.pause?.abort();
    this.options.barrier.open();
    await this.options.source.stop();
    await this.watcher.close();
    await this.reloading;
  }

  private get source(): Source {
    return this.options.source;
  }

  private onChange(): void {
    const { deployed } = this;
    if (this.stopping || !deployed) return;
    this.changedAt ??= this.watcher.startedAt ?? performance.now();
    if (!this.reloading) this.reloading = this.reloadAll(deployed);
    else if (!this.pause) this.source.expire();
    // The app does not run during a pause, so the user saved the file.
    else if (!this.changedByRun(this.source.project.snapshot())) this.pause.abort();
  }

  /** Whether the project is still as the last run of the app left it. */
  private changedByRun({ hash }: ProjectSnapshot): boolean {
    return hash === this.source.snapshotAfterRun?.hash;
  }

  /** Reloads until no change is left, then lets waiting requests continue. */
  private async reloadAll(deployed: Deployed): Promise<void> {
    while (this.changedAt !== undefined && !this.stopping) await this.reloadNext(this.changedAt, deployed);
    this.reloading = undefined;
    if (this.watcher.startedAt === undefined) this.options.barrier.open();
    if (!this.stopping) this.source.prepare();
  }

  private async reloadNext(changedAt: number, deployed: Deployed): Promise<void> {
    this.changedAt = undefined;
    const snapshot = this.source.project.snapshot();
    const files = changedFiles(deployed.snapshot, snapshot);
    // For example, the user saved a file without a change.
    if (files.length === 0) return;
    if (!this.changedByRun(snapshot)) this.chained = 0;
    else if (this.chained === PAUSES_MS.length) {
      deployed.snapshot = snapshot;
      this.options.onFault(writtenByApp(files));
      return;
    } else {
      const isQuiet = await this.waitForQuiet(PAUSES_MS[this.chained] ?? 0);
      this.chained += 1;
      this.changedAt = isQuiet ? undefined : changedAt;
      if (!isQuiet) return;
    }
    deployed.snapshot = snapshot;
    // The timeout counts for each reload: the previous reload may have used it up.
    this.options.barrier.close();
    const result = await this.reload(deployed.engine, snapshot);
    if (!result) return;
    const milliseconds = performance.now() - changedAt;
    this.options.onReload({ ...result, files, milliseconds }, deployed.engine.deployments, deployed.page);
  }

  /** @returns false when the pause ended early, because of a save or the end of the watch */
  private async waitForQuiet(ms: number): Promise<boolean> {
    this.pause = new AbortController();
    try {
      await setTimeout(ms, undefined, { signal: this.pause.signal });
      return true;
    } catch {
      return false;
    } finally {
      this.pause = undefined;
    }
  }

  /** @returns undefined when the watch was stopped during the reload */
  private async reload(
    engine: Engine,
    snapshot: ProjectSnapshot,
  ): Promise<Pick<Reload, 'outcome' | 'changes' | 'error'> | undefined> {
    const before = engine.deployments;
    try {
      const { stacks, output, release } = await this.source.load(snapshot);
      try {
        if (this.stopping) return undefined;
        this.options.onAppOutput(output);
        await engine.apply(stacks);
      } finally {
        release();
      }
      const changes = changesBetween(before, engine.deployments);
      return { outcome: changes.length === 0 ? 'unchanged' : 'reloaded', changes };
    } catch (error) {
      if (this.stopping) return undefined;
      return { outcome: 'failed', changes: [], error: error instanceof Error ? error.message : String(error) };
    }
  }
}

function writtenByApp(files: readonly string[]): string {
  return (
    `${files.join(', ')} changed during each of the last ${PAUSES_MS.length + 1} synths, so the app seems to write it. ` +
    'The run ignores the last change. Add files that the app writes to .gitignore. If you saved a file, save it once more.'
  );
}
