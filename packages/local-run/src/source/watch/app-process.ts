/** The app in a process that stays: its first synth takes as long as any, later ones a fraction of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { workerFile } from '../../package-root';
import { stateOf } from '../../../../../cache/store.cjs';
import { appOf, stacksIn, SynthError } from '../cdktf';
import type { TerraformStack } from '../terraform-json/stack';
import { AppChild, type AppRun } from './app-child';

/** Replaced by the folder that the run was given. */
const ROOT = process.cwd();

/** To the app's process: run again. */
export interface AppAsked {
  readonly variables: Readonly<Record<string, string>>;
}

/** From the app's process: it has run. */
export interface AppDone {
  readonly failed: boolean;
  /** What it threw; what it printed comes by its pipes. */
  readonly error?: string;
  /** The project's own modules that it loaded. */
  readonly files: readonly string[];
  /** One of them lies behind a link, of which Node.js never looks again where it leads: the next run needs another process. */
  readonly linked: boolean;
}

export interface Synthesized {
  readonly stacks: TerraformStack[];
  /** The project's own files that this was made of: modules of the app, and sources of its functions. */
  readonly files: readonly string[];
}

export interface AppProcessOptions {
  /** Folder for what keeps the process. */
  readonly folder: string;
  /** Variables beside those of this process, settings for example. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** The project. @default this one */
  readonly root?: string;
  /** How long a run may take, in ms; in any case several times as long as one took before. @default 30 s */
  readonly mostMs?: number;
  /** The same, once somebody waits for the next run. @default 5 s */
  readonly hurriedMs?: number;
}

/** Tells the app's bundling that it will be asked again. */
const KEPT = { BUNDLE_INCREMENTAL: '1' };

/** A run that takes so many times as long as the longest before does not end any more: so much does no busy machine do. */
const TIMES_LONGEST = 4;

export class AppProcess {
  private child: AppChild | undefined;
  private command = '';
  /** That of package.json, which Node.js reads once: `imports`, `type`, and what is installed. */
  private state = '';
  private stopped = false;
  /** How long a run took at most, in ms. */
  private longest = 0;
  /** The one under way. */
  private running: { readonly began: number; limit?: NodeJS.Timeout; gaveUp: boolean } | undefined;

  constructor(private readonly options: AppProcessOptions) {}

  /**
   * One at a time.
   * @param out folder that the synthesized stacks go to
   * @throws SynthError with what the app printed, or that it does not end
   */
  async synth(out: string): Promise<Synthesized> {
    const { root = ROOT, mostMs = 30_000 } = this.options;
    const { command, variables } = appOf(out, root);
    const state = stateOf(path.join(root, 'package.json'));
    if (command !== this.command || state !== this.state) await this.child?.stop();
    this.command = command;
    this.state = state;
    const began = performance.now();
    this.running = { began, gaveUp: false };
    // Of the first it is not known how long it takes; who started it can end it.
    if (this.longest > 0) this.endAfter(mostMs);
    const { output, ended, failed, files, linked } = await this.run(variables);
    if (linked) await this.child?.stop();
    const { limit, gaveUp } = this.running;
    clearTimeout(limit);
    this.running = undefined;
    if (gaveUp) throw new SynthError(doesNotEnd(performance.now() - began, output));
    this.longest = Math.max(this.longest, performance.now() - began);
    if (failed) throw new SynthError(output || `The app (${command}) ${endText(ended)}.`);
    return { stacks: stacksIn(out), files: [...files, ...sourcesIn(path.join(out, 'bundles'))] };
  }

  /** Somebody waits for the next run: one that does not end is given up sooner. */
  hurry(): void {
    if (this.longest > 0) this.endAfter(this.options.hurriedMs ?? 5_000);
  }

  /** For good. Settles when there is no process any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.running?.limit);
    await this.child?.stop();
  }

  private async run(variables: AppAsked['variables']): Promise<AppRun> {
    if (this.child?.usable) {
      const run = await this.child.again({ variables });
      // Somebody else ended it, maybe before it was asked; anything that it did itself it would do again.
      if (typeof run.ended !== 'string' || this.running?.gaveUp || this.stopped) return run;
    }
    this.child = this.start(variables);
    return this.child.first;
  }

  /** An app that cannot be kept simply ends; so does one that calls process.exit. The next synth starts it anew. */
  private start(variables: AppAsked['variables']): AppChild {
    const { environment, root = ROOT } = this.options;
    if (this.stopped) throw new SynthError('The watching has ended.');
    const env = {
      ...process.env,
      ...environment,
      ...variables,
      NODE_OPTIONS: withPreload(workerFile('app-preload')),
      ...KEPT,
    };
    return new AppChild(this.command, { cwd: root, env });
  }

  /** @param ms from the beginning of the run */
  private endAfter(ms: number): void {
    const { running } = this;
    if (!running) return;
    clearTimeout(running.limit);
    const end = running.began + Math.max(ms, this.longest * TIMES_LONGEST);
    running.limit = setTimeout(() => {
      running.gaveUp = true;
      void this.child?.stop();
    }, end - performance.now());
  }
}

function doesNotEnd(milliseconds: number, output: string): string {
  const text =
    `The app does not end: it was given up after ${(milliseconds / 1000).toFixed(0)} s. ` +
    'Look for a loop without end, and for a timer or a server that stays open.';
  return [text, output].join('\n').trim();
}

function endText(ended: AppRun['ended']): string {
  return typeof ended === 'string' ? `was ended by ${ended}` : `ended with status ${ended ?? 1}`;
}

/** Before what is there already. A path in quotes may have spaces. */
function withPreload(file: string): string {
  return `--require ${JSON.stringify(file)} ${process.env['NODE_OPTIONS'] ?? ''}`.trim();
}

/** The sources of the functions, which the app wrote beside their archives; none of an app that writes no such files. */
function sourcesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'sources.json')
    .flatMap((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as string[]);
}
