/** Runs `npm run smoke` with the outputs of `cdktf deploy`. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Deployment } from './deployment';
import { emulatorUrl } from './emulator-gaps';
import { OUTPUTS, type Target } from './target';

/**
 * Runs the sessions of all stacks with a session.
 * @param file the outputs
 * @param app the folder of the deployed app, relative to the project's folder
 * @returns the printed text
 * @throws Error when an answer differs from the documented answer
 */
export function smoke(
  deployment: Deployment,
  { endpoint }: Target,
  { file = OUTPUTS, app = '.' }: { readonly file?: string; readonly app?: string } = {},
): Promise<string> {
  const outputs = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { url: string }>;
  for (const values of Object.values(outputs)) {
    if (endpoint !== undefined) values.url = emulatorUrl(values.url, endpoint);
  }
  writeFileSync(file, JSON.stringify(outputs));
  return deployment.npm('smoke', ['--allow-missing', '--app', app, file]);
}
