/** Manages the spare process, which loads CDKTF before the next synth starts. Loading takes most of the time of a synth. */
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from './app';
import type { AppProcess } from './app-process';
import { startApp } from './app-start';
import { SPARE_FILE, type SpareInput } from './preload-protocol';
import { INSTALLED_PACKAGES } from './project-files';
import type { LoadedApp } from './synth-cache';

export interface SpareProcessOptions {
  /** Root folder of the project. */
  readonly root: string;
  readonly workFolder: string;
  /** Variables of the process, except those of CDKTF and app-preload.ts. */
  readonly environment: NodeJS.ProcessEnv;
  /** Returns a new folder for synth output. */
  readonly newFolder: () => string;
}

export interface Spare {
  readonly process: AppProcess;
  /** Folder that the process synthesizes into. */
  readonly out: string;
}

export class SpareProcess {
  private spare: (Spare & { readonly key: string }) | undefined;
  /** Whether a spare process exited early. Every spare process of this app would then exit early. */
  private failed = false;

  constructor(private readonly options: SpareProcessOptions) {}

  /** Whether `prepare` would start a process. */
  get isNeeded(): boolean {
    return !this.spare && !this.failed;
  }

  /** Starts the process. It loads CDKTF and then waits for its input. */
  prepare(app: App, loaded: LoadedApp): void {
    const { workFolder, environment, newFolder } = this.options;
    const file = path.join(workFolder, 'spare.json');
    writeFileSync(file, JSON.stringify(loaded));
    const out = newFolder();
    this.spare = {
      process: startApp(app, out, { ...environment, [SPARE_FILE]: file }),
      out,
      key: this.keyOf(app, loaded),
    };
  }

  /**
   * Hands over the spare process. It runs the app when it gets `spareInput`.
   * @returns undefined when no process waits, or the app or its packages changed since it started
   */
  async take(app: App, loaded: LoadedApp | undefined): Promise<Spare | undefined> {
    const { spare } = this;
    this.spare = undefined;
    if (!spare) return undefined;
    if (spare.process.ended) {
      // A status means that the process did not wait for its input. A signal means that it was killed from outside.
      const { status } = await spare.process.result;
      this.failed = typeof status === 'number';
      return undefined;
    }
    if (loaded && spare.key === this.keyOf(app, loaded)) return spare;
    await spare.process.stop();
    return undefined;
  }

  async stop(): Promise<void> {
    await this.spare?.process.stop();
  }

  /** Identifies the app and its packages. */
  private keyOf({ command, folder }: App, { argv }: LoadedApp): string {
    const { root } = this.options;
    const files = [
      path.join(folder, 'package.json'),
      path.join(root, 'package.json'),
      path.join(root, INSTALLED_PACKAGES),
    ];
    return JSON.stringify([command, files.map((file) => stampOf(file)), argv]);
  }
}

/** The line that a spare process waits for. Its context may have changed since the process started. */
export function spareInput({ contextJson }: App): string {
  const variables = { CDKTF_CONTEXT_JSON: contextJson };
  return `${JSON.stringify({ variables } satisfies SpareInput)}\n`;
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.size} ${stats.mtimeMs}` : 'missing';
}
