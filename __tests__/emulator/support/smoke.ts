/** Runs `npm run smoke` with the outputs of the last `cdktf deploy`. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Deployment } from './deployment';
import { emulatorUrl } from './emulator-gaps';
import { OUTPUTS, type Target } from './target';

/** Runs the sessions of all stacks that have one. @returns the printed text @throws Error when an answer differs from the documented answer */
export function smoke(deployment: Deployment, { endpoint }: Target): Promise<string> {
  const outputs = JSON.parse(readFileSync(OUTPUTS, 'utf8')) as Record<string, { url: string }>;
  for (const values of Object.values(outputs)) {
    if (endpoint !== undefined) values.url = emulatorUrl(values.url, endpoint);
  }
  writeFileSync(OUTPUTS, JSON.stringify(outputs));
  return deployment.npm('smoke', ['--allow-missing', OUTPUTS]);
}
