/** `npm run smoke` on the outputs of the last `cdktf deploy`. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Deployment } from './deployment';
import { reachable } from './emulator-gaps';
import { OUTPUTS, type Target } from './target';

/** @returns what it printed @throws Error when an answer is not as documented */
export function smoke(deployment: Deployment, { endpoint }: Target): Promise<string> {
  const outputs = JSON.parse(readFileSync(OUTPUTS, 'utf8')) as Record<string, { url: string }>;
  for (const values of Object.values(outputs)) {
    if (endpoint !== undefined) values.url = reachable(values.url, endpoint);
  }
  writeFileSync(OUTPUTS, JSON.stringify(outputs));
  return deployment.npm('smoke', [OUTPUTS]);
}
