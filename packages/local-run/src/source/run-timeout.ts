/** Waits for runs of the app, or of Terraform, one at a time, and stops a run that does not end. */
import type { AppProcess, AppResult } from './app-process';
import { timeoutMessage } from './app-result';
import { SynthError } from './synth-error';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_OUTDATED_TIMEOUT_MS = 5_000;

/** An outdated run is stopped after this many times its timeout at the latest: requests wait for the newer save. */
const MAX_OUTDATED_FACTOR = 2;

/** A timeout is at least this many times the longest run so far, because the machine may be busy. */
const MIN_TIMEOUT_FACTOR = 4;

export interface RunTimeoutOptions {
  /** Timeout for a run of the app, in ms. The first run has none. @default 30,000 */
  readonly timeoutMs?: number;
  /** Timeout, in ms, for a run of the app while a newer save waits. @default 5,000 */
  readonly outdatedTimeoutMs?: number;
  /** The error message for a run that was stopped after a time, in ms. @default a message about an app of CDKTF */
  readonly timeoutMessage?: (milliseconds: number, output: string) => string;
}

interface ActiveRun {
  readonly process: AppProcess;
  readonly startedAt: number;
  timer?: NodeJS.Timeout | undefined;
  timedOut: boolean;
}

export class RunTimeout {
  private activeRun: ActiveRun | undefined;
  private longestRunMs = 0;

  constructor(private readonly options: RunTimeoutOptions) {}

  /**
   * Waits until the process ends.
   * @throws SynthError when the process was stopped by its timeout
   */
  async resultOf(process: AppProcess): Promise<AppResult> {
    const run: ActiveRun = { process, startedAt: performance.now(), timedOut: false };
    this.activeRun = run;
    const timeoutMs = this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.endAfter(Math.max(timeoutMs, this.longestRunMs * MIN_TIMEOUT_FACTOR));
    const result = await process.result;
    clearTimeout(run.timer);
    this.activeRun = undefined;
    const milliseconds = performance.now() - run.startedAt;
    if (run.timedOut)
      throw new SynthError((this.options.timeoutMessage ?? timeoutMessage)(milliseconds, result.output));
    this.longestRunMs = Math.max(this.longestRunMs, milliseconds);
    return result;
  }

  /** Shortens the timeout of the current run, because a newer save waits. */
  shorten(): void {
    const timeoutMs = this.options.outdatedTimeoutMs ?? DEFAULT_OUTDATED_TIMEOUT_MS;
    const wanted = Math.max(timeoutMs, this.longestRunMs * MIN_TIMEOUT_FACTOR);
    this.endAfter(Math.min(wanted, timeoutMs * MAX_OUTDATED_FACTOR));
  }

  /** Stops the current run. Settles when no process of it is left. */
  async stop(): Promise<void> {
    clearTimeout(this.activeRun?.timer);
    await this.activeRun?.process.stop();
  }

  /** @param ms from the start of the run */
  private endAfter(ms: number): void {
    const run = this.activeRun;
    // The usual duration is unknown before the first run has ended, so only the user stops that run.
    if (!run || this.longestRunMs === 0) return;
    clearTimeout(run.timer);
    run.timer = setTimeout(
      () => {
        run.timedOut = true;
        void run.process.stop();
      },
      run.startedAt + ms - performance.now(),
    );
  }
}
