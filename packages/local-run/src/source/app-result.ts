/** Turns the result of a run of the app into errors that say what to do. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { App } from './app';
import type { AppResult } from './app-process';
import { SynthError } from './synth-error';

/** @throws SynthError when the app failed, or wrote nothing that can be served */
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

/** Removes stack frames of Node.js and of packages: they say nothing about the app. */
function withoutPackageLines(output: string): string {
  return output
    .split('\n')
    .filter((line) => !/^\s+at .*(node:|[\\/]node_modules[\\/])|^Node\.js v\d/.test(line))
    .join('\n')
    .trim();
}

/** The message for an app that was stopped because it did not end. */
export function timeoutMessage(milliseconds: number, output: string): string {
  const message =
    `The app does not end: it was stopped after ${(milliseconds / 1000).toFixed(0)} s. ` +
    'Look for an endless loop, or a timer or server that stays open.';
  return [message, output].join('\n').trim();
}
