/** The app in a process that stays: its first synth takes as long as any, later ones a fraction of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { appOf, ROOT, stacksIn, SynthError } from '../synth';
import type { TerraformStack } from '../terraform/stack';
import { workerSource } from '../worker-source';

/** To the app's process: run again. */
export interface AppAsked {
  readonly variables: Readonly<Record<string, string>>;
}

/** From the app's process: it has run. */
export interface AppDone {
  readonly failed: boolean;
  /** The project's own modules that it loaded. */
  readonly files: readonly string[];
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
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** Tells the app's bundling that it will be asked again. */
const KEPT = { BUNDLE_INCREMENTAL: '1' };

export class AppProcess {
  private child: ChildProcess | undefined;
  private command = '';
  private output = '';

  constructor(private readonly options: AppProcessOptions) {}

  /**
   * One at a time.
   * @param out folder that the synthesized stacks go to
   * @throws SynthError with what the app printed
   */
  async synth(out: string): Promise<Synthesized> {
    const { command, variables } = appOf(out);
    if (command !== this.command) this.stop();
    this.output = '';
    const { failed, files } = await (this.child ? this.again(this.child, variables) : this.first(command, variables));
    if (failed) throw new SynthError(this.output.trim() || `The app (${command}) failed.`);
    return { stacks: stacksIn(out), files: [...files, ...sourcesIn(path.join(out, 'bundles'))] };
  }

  stop(): void {
    this.child?.kill();
    this.child = undefined;
  }

  private first(command: string, variables: Readonly<Record<string, string>>): Promise<AppDone> {
    const { folder, environment } = this.options;
    const preload = path.join(folder, 'app-preload.cjs');
    if (!existsSync(preload)) writeFileSync(preload, workerSource(path.join(__dirname, 'app-preload.ts')));
    const child = spawn(command, {
      shell: true,
      cwd: ROOT,
      env: { ...process.env, ...environment, ...variables, NODE_OPTIONS: withPreload(preload), ...KEPT },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.command = command;
    const collect = (chunk: Buffer) => (this.output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    // Also when nobody waits for it just now.
    child.on('error', () => undefined);
    return this.done(child);
  }

  private again(child: ChildProcess, variables: Readonly<Record<string, string>>): Promise<AppDone> {
    const done = this.done(child);
    child.send({ variables } satisfies AppAsked);
    return done;
  }

  /** An app that cannot be kept simply ends; so does one that calls process.exit. The next synth starts it anew. */
  private done(child: ChildProcess): Promise<AppDone> {
    return new Promise((resolve) => {
      const finish = (result: AppDone) => {
        child.off('message', finish);
        child.off('close', ended);
        resolve(result);
      };
      const ended = (status: number | null) => {
        if (this.child === child) this.child = undefined;
        finish({ failed: status !== 0, files: [] });
      };
      child.on('message', finish);
      child.on('close', ended);
    });
  }
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
