/** Checks the result of a run of the app, and creates errors that say what to do. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { App } from './app';
import type { AppResult } from './app-process';
import { SynthError } from './synth-error';

/** @throws SynthError when the app failed or wrote no manifest.json */
export function checkResult({ command, folder }: App, { status, output }: AppResult, out: string): void {
  if (status !== 0) {
    const how = typeof status === 'string' ? `was ended by ${status}` : `ended with status ${status}`;
    throw new SynthError(
      withoutPackageLines(output) || `The app (${command}) ${how} and printed nothing. Run it in ${folder} to see why.`,
    );
  }
  if (!existsSync(path.join(out, 'manifest.json'))) {
    throw new SynthError(
      [
        `The app (${command}) wrote no manifest.json to ${out} (CDKTF_OUTDIR). Call synth() of the App at its end.`,
        output,
      ]
        .join('\n')
        .trim(),
    );
  }
}

/** Removes stack frames of Node.js and of packages, which do not help to find the error in the app. */
function withoutPackageLines(output: string): string {
  return output
    .split('\n')
    .filter((line) => !/^\s+at .*(node:|[\\/]node_modules[\\/])|^Node\.js v\d/.test(line))
    .join('\n')
    .trim();
}

/** The error message for an app that the run stopped after a timeout. */
export function timeoutMessage(milliseconds: number, output: string): string {
  const message =
    `The app does not end: it was stopped after ${(milliseconds / 1000).toFixed(0)} s. ` +
    'Look for an endless loop, or a timer or server that stays open.';
  return [message, output].join('\n').trim();
}
