/** Runs Terraform in a mirror. */
import { AppProcess, type AppResult } from '../app-process';
import { RunTimeout, type RunTimeoutOptions } from '../run-timeout';
import { SynthError } from '../synth-error';
import { diagnosticsIn } from './diagnostics';
import type { Mirror } from './mirror';
import { type TerraformCommand, tooOld } from './terraform-command';

export class TerraformProcess {
  private readonly timeout: RunTimeout;
  private stopped = false;

  constructor(options: RunTimeoutOptions = {}) {
    this.timeout = new RunTimeout({ timeoutMessage, ...options });
  }

  /**
   * @param environment all environment variables of Terraform
   * @returns the warnings
   * @throws SynthError with the errors of Terraform
   */
  async run(
    terraform: TerraformCommand,
    args: readonly string[],
    { mirror, environment }: { readonly mirror: Mirror; readonly environment: NodeJS.ProcessEnv },
  ): Promise<string> {
    if (this.stopped) throw new SynthError('The run has been stopped.');
    const command = { command: terraform.program, arguments: args, folder: mirror.root };
    const appProcess = new AppProcess(command, environment);
    appProcess.writeInput('');
    const result = await this.timeout.resultOf(appProcess);
    if (result.status === 0) return mirror.withOriginalPaths(diagnosticsIn(result.output));
    throw new SynthError(tooOld(terraform) ?? mirror.withOriginalPaths(failureText(terraform, args, result)));
  }

  /** Shortens the timeout of the current run, because a newer save waits. */
  expire(): void {
    this.timeout.shorten();
  }

  /** Stops permanently. Settles when no process of Terraform is left. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.timeout.stop();
  }
}

function failureText(
  { program }: TerraformCommand,
  args: readonly string[],
  { status, output, errors }: AppResult,
): string {
  const how = typeof status === 'string' ? `was ended by ${status}` : `ended with status ${status}`;
  return diagnosticsIn(errors) || errors || output || `${program} ${args[0] ?? ''} ${how} and printed nothing.`;
}

function timeoutMessage(milliseconds: number, output: string): string {
  const message =
    `Terraform does not end: it was stopped after ${(milliseconds / 1000).toFixed(0)} s. ` +
    'Look for an external program or a provisioner that waits.';
  return [message, diagnosticsIn(output)].join('\n').trim();
}
