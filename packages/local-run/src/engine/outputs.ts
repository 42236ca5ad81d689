/** Writes the outputs file, in the format of `cdktf deploy --outputs-file`. */
import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Deployment } from '../model/deployment';
import { tokenTargets } from '../services/tokens/token-target';

/** The outputs file cannot be written. */
export class OutputsError extends Error {
  override readonly name = 'OutputsError';
}

/**
 * Checks at the start that the file can be written, and removes the file of an earlier run.
 * @throws OutputsError
 */
export function checkOutputsFile(file: string | undefined): void {
  if (file === undefined) return;
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new OutputsError(
      `--outputs-file ${file}: there is no folder ${folder}. Create the folder, or pass another path.`,
    );
  }
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new OutputsError(`--outputs-file ${file} is a folder. Pass the path of a file.`);
  }
  // A script that waits for the file must not find the file of an earlier run.
  rmSync(file, { force: true });
}

export interface Outputs {
  readonly deployments: readonly Deployment[];
  /** The URL of the console page, which serves the issuer. */
  readonly page?: string | undefined;
  /** Whether to add `apis` to each stack: the base address of each API by its name. It replaces an output with this name. */
  readonly withApis: boolean;
}

/**
 * Writes the file in one step, so no reader sees a partial file. A stack whose routes need tokens has one output more,
 * `local_run_issuer`. It replaces an output of the stack with this name: programs send claims to it.
 */
export function writeOutputs(file: string, { deployments, page, withApis }: Outputs): void {
  const outputs = deployments.map((deployment) => {
    const apis = withApis ? { apis: urlsByName(deployment) } : {};
    return [deployment.stack, { ...outputsOf(deployment, page), ...apis }] as const;
  });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(Object.fromEntries(outputs), null, 2)}\n`);
  renameSync(temporary, file);
}

function urlsByName({ apis, apiUrls = {} }: Deployment): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(apis.map(({ name, address }) => [name, apiUrls[address]]));
}

function outputsOf(deployment: Deployment, page: string | undefined): Deployment['outputs'] {
  if (page === undefined || tokenTargets(deployment).length === 0) return deployment.outputs;
  return { ...deployment.outputs, local_run_issuer: new URL(page).origin };
}
