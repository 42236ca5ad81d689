/** `--watch`: a saved file leads to a synth, and the stacks that come of it to what answers; one after the other. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { changesBetween } from '../changes';
import type { Deployment } from '../deployment';
import type { Hold } from '../gate';
import type { Site } from '../site';
import type { TerraformStack } from '../terraform/stack';
import { AppProcess } from './app-process';
import { Files } from './files';

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
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly onReload: (reload: Reload, deployments: readonly Deployment[]) => void;
}

export class Watch {
  private readonly app: AppProcess;
  private readonly files: Files;
  private site: Site | undefined;
  /** What changed and has not been synthesized. */
  private readonly waiting = new Set<string>();
  private since = 0;
  private working: Promise<void> | undefined;
  private stopped = false;
  private synths = 0;

  constructor(
    private readonly hold: Hold,
    private readonly options: WatchOptions,
  ) {
    mkdirSync(options.folder, { recursive: true });
    this.app = new AppProcess(options);
    this.files = new Files({
      onFirst: () => {
        if (this.waiting.size === 0 && !this.working) this.since = performance.now();
        if (this.site) this.hold.begin();
      },
      onChange: (changed) => {
        for (const file of changed) this.waiting.add(file);
        if (this.site) this.work();
        if (this.waiting.size === 0 && !this.working) this.hold.end();
      },
    });
  }

  /** The first synth. @throws SynthError */
  async synth(): Promise<TerraformStack[]> {
    this.waiting.clear();
    const { stacks, files } = await this.app.synth(this.out());
    this.files.follow(files);
    return stacks;
  }

  /** From here on changes are applied, also those since the synth began. */
  begin(site: Site): void {
    this.site = site;
    this.working = this.warmUp().finally(() => {
      this.working = undefined;
      this.work();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.files.close();
    this.app.stop();
    this.hold.end();
    await this.working;
  }

  /** The second synth of a process takes three times as long as the fourth; nobody waits for it now. */
  private async warmUp(): Promise<void> {
    const out = this.out();
    await this.app.synth(out).catch(() => undefined);
    rmSync(out, { recursive: true, force: true });
  }

  private work(): void {
    if (this.waiting.size === 0) return;
    this.working ??= this.reloadAll().finally(() => {
      this.working = undefined;
      this.hold.end();
    });
  }

  private async reloadAll(): Promise<void> {
    while (this.waiting.size > 0 && !this.stopped) {
      const files = [...this.waiting].sort();
      this.waiting.clear();
      const since = this.since;
      await this.reload(files, since);
      this.since = performance.now();
    }
  }

  private async reload(files: readonly string[], since: number): Promise<void> {
    const { site } = this;
    if (!site) return;
    const before = site.deployments;
    const out = this.out();
    const told: Omit<Reload, 'outcome' | 'milliseconds'> = { files, changes: [] };
    const took = () => performance.now() - since;
    try {
      const { stacks, files: followed } = await this.app.synth(out);
      this.files.follow(followed);
      await site.apply(stacks);
      const changes = changesBetween(before, site.deployments);
      const outcome = changes.length === 0 ? 'unchanged' : 'reloaded';
      this.options.onReload({ ...told, outcome, changes, milliseconds: took() }, site.deployments);
    } catch (error) {
      if (this.stopped) return;
      const text = error instanceof Error ? error.message : String(error);
      this.options.onReload({ ...told, outcome: 'failed', milliseconds: took(), error: text }, before);
    } finally {
      // Archives have been unpacked; nothing reads it any more.
      rmSync(out, { recursive: true, force: true });
    }
  }

  /** Another folder each time: what a synth leaves out must not be there from the one before. */
  private out(): string {
    this.synths += 1;
    return path.join(this.options.folder, `synth-${this.synths}`);
  }
}
