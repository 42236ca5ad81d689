/** A process of a source, with all its child processes: the command of cdktf.json in a shell, or a program such as Terraform. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

/** How long a process may take to end after SIGTERM, and how long its output may arrive after it has ended. */
const END_TIMEOUT_MS = 500;

export interface AppCommand {
  /** The current folder of the process. */
  readonly folder: string;
  /** A command for the shell. With `arguments`: the program. */
  readonly command: string;
  /** The arguments of a program that starts without a shell. */
  readonly arguments?: readonly string[];
}

export interface AppResult {
  /** The exit status, or the signal that ended the process. */
  readonly status: number | NodeJS.Signals;
  /** The text that the process printed to stdout and stderr, in order. */
  readonly output: string;
  /** The part of the output that the process printed to stderr. */
  readonly errors: string;
}

export class AppProcess {
  readonly result: Promise<AppResult>;
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | NodeJS.Signals>;
  private output = '';
  private errors = '';
  private hasEnded = false;

  /** @param environment all environment variables of the process */
  constructor({ command, arguments: args, folder }: AppCommand, environment: NodeJS.ProcessEnv) {
    this.child = spawn(command, args ?? [], {
      shell: args === undefined,
      cwd: folder,
      env: environment,
      stdio: 'pipe',
      // Creates a process group, so `kill` reaches the shell, npx and the app together.
      detached: process.platform !== 'win32',
    });
    for (const pipe of [this.child.stdout, this.child.stderr]) {
      // Decodes characters that two chunks share.
      pipe?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.child.stderr?.on('data', (text: string) => (this.errors += text));
    // The process may end without reading its input.
    this.child.stdin?.on('error', () => undefined);
    this.exit = new Promise((resolve) => {
      const end = (status: number | NodeJS.Signals) => {
        this.hasEnded = true;
        resolve(status);
      };
      this.child.once('exit', (status, signal) => end(signal ?? status ?? 1));
      this.child.once('error', (error) => {
        this.output += error.message;
        end(1);
      });
    });
    this.result = this.waitForResult();
  }

  get ended(): boolean {
    return this.hasEnded;
  }

  /** Writes the text to standard input, then closes standard input. */
  writeInput(text: string): void {
    this.child.stdin?.end(text);
  }

  /** Ends the process and its child processes. Settles when the process has ended. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.kill('SIGTERM');
    const ended = new AbortController();
    const timeout = setTimeout(END_TIMEOUT_MS, undefined, { signal: ended.signal }).then(() => this.kill('SIGKILL'));
    timeout.catch(() => undefined);
    await this.exit;
    ended.abort();
    // Ends child processes that the shell or npx left running.
    this.kill('SIGKILL');
  }

  private kill(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // No process of the group is running.
    }
  }

  private async waitForResult(): Promise<AppResult> {
    const status = await this.exit;
    // A child process that still runs may keep the pipes open.
    const pipes = [this.child.stdout, this.child.stderr].flatMap((pipe) => (pipe?.closed === false ? [pipe] : []));
    const closed = Promise.all(pipes.map((pipe) => once(pipe, 'close')));
    await Promise.race([closed, setTimeout(END_TIMEOUT_MS, undefined, { ref: false })]);
    return { status, output: this.output.trim(), errors: this.errors.trim() };
  }
}
