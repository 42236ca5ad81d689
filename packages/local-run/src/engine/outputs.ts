/** The outputs file, in the shape that `cdktf deploy --outputs-file` writes. */
import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Deployment } from '../model/deployment';

export class OutputsError extends Error {
  override readonly name = 'OutputsError';
}

/** Fails before anything starts when the file could not be written at the end, and removes an old one. */
export function checkOutputsFile(file: string | undefined): void {
  if (file === undefined) return;
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new OutputsError(`--outputs-file ${file}: there is no folder ${folder}. Create it, or give another path.`);
  }
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new OutputsError(`--outputs-file ${file} is a folder. Give the path of a file.`);
  }
  // Whoever waits for the file must not find that of an earlier run.
  rmSync(file, { force: true });
}

/** Writes the file in one step, so that nobody reads half of it. */
export function writeOutputs(file: string, deployments: readonly Deployment[]): void {
  const outputs = deployments.map(({ stack, outputs: all }) => {
    return [stack, all] as const;
  });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(Object.fromEntries(outputs), null, 2)}\n`);
  renameSync(temporary, file);
}
