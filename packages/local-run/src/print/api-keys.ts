/** Lists the values of all API keys of the deployments, for hiding them in logs. */
import type { Deployment } from '../model/deployment';

export function apiKeysOf(deployments: readonly Deployment[]): string[] {
  return deployments
    .flatMap(({ apis }) => apis)
    .flatMap((api) => (api.kind === 'rest-api' ? api.usagePlans : []))
    .flatMap(({ keys }) => keys.map(({ value }) => value));
}
