/** One process of the app: it runs once when it starts, and again whenever it is asked, unless it cannot be kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { AppAsked, AppDone } from './app-process';

/** How long (ms) a process may take to end by itself, and what it printed to arrive once it has ended. */
const END_MS = 500;

/** How a run of the app came to its end. */
export interface AppRun extends AppDone {
  /** What it printed, and then why it failed. */
  readonly output: string;
  /** The process ended with it: its status or the signal. */
  readonly ended?: number | NodeJS.Signals;
}

export class AppChild {
  /** The run that the process started with. */
  readonly first: Promise<AppRun>;
  private readonly child: ChildProcess;
  /** Settles when there is no process any more. */
  private readonly exit: Promise<number | NodeJS.Signals>;
  private ended: Promise<AppRun> | undefined;
  private gone = false;
  private output = '';

  /** @param command for the shell */
  constructor(command: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
    const child = spawn(command, { ...options, shell: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.child = child;
    const collect = (chunk: Buffer) => (this.output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    // For as long as it lasts: it may end just when nobody waits for it.
    this.exit = new Promise((resolve) => {
      const ended = (how: number | NodeJS.Signals) => {
        this.gone = true;
        resolve(how);
      };
      child.once('exit', (status, signal) => ended(signal ?? status ?? 1));
      child.on('error', (error) => {
        // Nothing was started, so nothing exits.
        if (child.pid !== undefined) return;
        this.output += error.message;
        ended(1);
      });
    });
    this.first = this.run();
  }

  /** Whether it can be asked to run again. */
  get usable(): boolean {
    return !this.gone && this.child.connected;
  }

  again(asked: AppAsked): Promise<AppRun> {
    this.output = '';
    return this.run(asked);
  }

  /** Settles when it has ended. */
  async stop(): Promise<void> {
    if (this.gone) return;
    this.child.kill();
    // A shell that is left between ends without its app; that one goes when nobody is connected to it any more.
    if (this.child.connected) this.child.disconnect();
    const over = new AbortController();
    const insist = setTimeout(END_MS, undefined, { signal: over.signal }).then(() => this.child.kill('SIGKILL'));
    insist.catch(() => undefined);
    await this.exit;
    over.abort();
  }

  /** Until it says that it has run, or ends. */
  private async run(asked?: AppAsked): Promise<AppRun> {
    const over = new AbortController();
    const done = new Promise<AppRun>((resolve) => {
      const finish = (message: AppDone) => {
        // What it printed before is in the pipes by now, which are read in the same turn as the message.
        setImmediate(() => resolve({ ...message, output: this.printedAnd(message.error) }));
      };
      this.child.once('message', finish);
      over.signal.addEventListener('abort', () => this.child.off('message', finish));
    });
    // What cannot be sent was for a process that is ending.
    if (asked) this.child.send(asked, (error) => error && this.child.kill());
    try {
      return await Promise.race([done, this.end()]);
    } finally {
      over.abort();
    }
  }

  /** One for all runs: each waits for it, and most in vain. */
  private end(): Promise<AppRun> {
    return (this.ended ??= this.ending());
  }

  private async ending(): Promise<AppRun> {
    const ended = await this.exit;
    // A process that it left behind may hold its pipes open.
    const pipes = [this.child.stdout, this.child.stderr].flatMap((pipe) => (pipe?.closed === false ? [pipe] : []));
    const closed = Promise.all(pipes.map((pipe) => once(pipe, 'close')));
    await Promise.race([closed, setTimeout(END_MS, undefined, { ref: false })]);
    return { failed: ended !== 0, files: [], linked: false, output: this.printedAnd(), ended };
  }

  /** What is thrown is printed as well, and may have come already. */
  private printedAnd(error = ''): string {
    if (this.output.includes(error.trim())) return this.output.trim();
    return `${this.output}\n${error}`.trim();
  }
}
