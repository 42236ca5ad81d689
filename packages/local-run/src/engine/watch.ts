/** `--watch`: a saved file leads to a synth, and the stacks that come of it to what answers; one after the other. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { changesBetween } from './changes';
import type { Deployment } from '../model/deployment';
import type { ReloadBarrier } from './reload-barrier';
import type { Site } from './site';
import type { TerraformStack } from '../source/terraform-json/stack';
import { AppProcess, type Synthesized } from '../source/watch/app-process';
import { Files, WatchError } from '../source/watch/files';

export interface Reload {
  /** `unchanged`: what is deployed is the same, byte for byte. `failed`: what was there before goes on serving. */
  readonly outcome: 'reloaded' | 'unchanged' | 'failed';
  /** Paths within the project that had changed. */
  readonly files: readonly string[];
  /** Phrases such as `items: code of http-crud-tutorial-function`. */
  readonly changes: readonly string[];
  /** From the first sign of a change until it served, in ms. */
  readonly milliseconds: number;
  /** Why it failed. */
  readonly error?: string;
}

export interface WatchOptions {
  /** Folder for what is synthesized. */
  readonly folder: string;
  readonly environment?: NodeJS.ProcessEnv | undefined;
  readonly onReload: (reload: Reload, deployments: readonly Deployment[]) => void;
  /** Gets what a person has to know beside reloads: a folder that cannot be watched. */
  readonly onFault: (text: string) => void;
}

export class Watch {
  private readonly app: AppProcess;
  private readonly files: Files;
  private site: Site | undefined;
  /** What changed and has not been synthesized. */
  private readonly waiting = new Set<string>();
  /** When the first of it began to change. */
  private since = 0;
  private warming: Promise<void> | undefined;
  private reloading: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;
  private synths = 0;

  /** @throws WatchError */
  constructor(
    private readonly barrier: ReloadBarrier,
    private readonly options: WatchOptions,
  ) {
    mkdirSync(options.folder, { recursive: true });
    this.app = new AppProcess(options);
    this.files = new Files({
      onFirst: () => {
        if (this.site) this.barrier.close();
      },
      onChange: (changed, since) => {
        if (this.waiting.size === 0) this.since = since;
        for (const file of changed) this.waiting.add(file);
        if (changed.length > 0) this.app.hurry();
        this.goOn();
      },
      onFault: ({ message }) => options.onFault(message),
    });
  }

  /** The first synth. @throws SynthError or WatchError */
  async synth(): Promise<TerraformStack[]> {
    this.waiting.clear();
    const began = Date.now();
    const { stacks, files } = await this.app.synth(this.out());
    this.files.follow(files, began);
    return stacks;
  }

  /** From here on changes are applied, also those since the synth began. */
  begin(site: Site): void {
    this.site = site;
    if (this.files.pending) this.barrier.close();
    if (this.waiting.size === 0) {
      this.warming = this.warmUp().finally(() => {
        this.warming = undefined;
        this.goOn();
      });
    }
    this.goOn();
  }

  /** Settles when nothing of it is under way any more. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    this.files.close();
    this.barrier.open();
    await this.app.stop();
    await this.warming;
    await this.reloading;
  }

  /** The second synth of a process takes three times as long as the fourth; nobody waits for it now. */
  private async warmUp(): Promise<void> {
    const out = this.out();
    await this.app.synth(out).catch(() => undefined);
    rmSync(out, { recursive: true, force: true });
  }

  /** Whenever something has changed or has come to its end: what is next, and whether requests wait for it. */
  private goOn(): void {
    if (!this.site || this.stopping) return;
    if (this.waiting.size > 0) {
      this.barrier.close();
      if (!this.warming) this.reloading ??= this.reloadNext(this.site);
    } else if (!this.reloading && !this.files.pending) {
      this.barrier.open();
    }
  }

  private async reloadNext(site: Site): Promise<void> {
    const files = [...this.waiting].sort();
    this.waiting.clear();
    const { since } = this;
    const result = await this.reload(site);
    this.reloading = undefined;
    const milliseconds = performance.now() - since;
    if (result) this.options.onReload({ ...result, files, milliseconds }, site.deployments);
    this.goOn();
  }

  /** @returns undefined when it was stopped meanwhile */
  private async reload(site: Site): Promise<Omit<Reload, 'files' | 'milliseconds'> | undefined> {
    const before = site.deployments;
    const out = this.out();
    const began = Date.now();
    try {
      const { stacks, files } = await this.synthesized(out, began);
      this.watching(() => this.files.follow(files, began));
      if (this.stopping) return undefined;
      await site.apply(stacks);
      const changes = changesBetween(before, site.deployments);
      return { outcome: changes.length === 0 ? 'unchanged' : 'reloaded', changes };
    } catch (error) {
      if (this.stopping) return undefined;
      return { outcome: 'failed', changes: [], error: error instanceof Error ? error.message : String(error) };
    } finally {
      // Archives have been unpacked; nothing reads it any more.
      rmSync(out, { recursive: true, force: true });
    }
  }

  /** @throws SynthError; then what mends it may be saved anywhere */
  private async synthesized(out: string, began: number): Promise<Synthesized> {
    this.files.pauseSearch();
    try {
      return await this.app.synth(out);
    } catch (error) {
      if (!this.stopping) this.watching(() => this.files.search(began));
      throw error;
    }
  }

  /** What is not watched is told; the stacks are good all the same. */
  private watching(more: () => void): void {
    try {
      more();
    } catch (error) {
      if (!(error instanceof WatchError)) throw error;
      this.options.onFault(error.message);
    }
  }

  /** Another folder each time: what a synth leaves out must not be there from the one before. */
  private out(): string {
    this.synths += 1;
    return path.join(this.options.folder, `synth-${this.synths}`);
  }
}
