/** Starts a process of the app with app-preload.ts, and reads the record that app-preload.ts writes at its end. */
import { readFileSync } from 'node:fs';
import { workerFile } from '../package-root';
import type { App } from './app';
import { AppProcess } from './app-process';
import { RECORD_FILE } from './preload-protocol';
import type { LoadedApp } from './synth-cache';

/**
 * @param out folder that the app synthesizes into
 * @param environment variables of the process, except those of CDKTF and app-preload.ts
 */
export function startApp(app: App, out: string, environment: NodeJS.ProcessEnv): AppProcess {
  const preload = JSON.stringify(workerFile('app-preload'));
  return new AppProcess(app, {
    ...environment,
    // Lets an app leave out what only AWS has, such as a domain name.
    LOCAL_RUN: '1',
    CDKTF_OUTDIR: out,
    CDKTF_CONTEXT_JSON: app.contextJson,
    // A path in quotes may have spaces.
    NODE_OPTIONS: `--require ${preload} ${environment['NODE_OPTIONS'] ?? ''}`.trim(),
    [RECORD_FILE]: recordFileOf(out),
  });
}

/** @returns undefined when the process did not load CDKTF, or was killed before or while it wrote the record */
export function readRecord(out: string): LoadedApp | undefined {
  try {
    return JSON.parse(readFileSync(recordFileOf(out), 'utf8')) as LoadedApp;
  } catch {
    return undefined;
  }
}

function recordFileOf(out: string): string {
  return `${out}.loaded.json`;
}
