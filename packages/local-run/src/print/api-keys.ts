/** The values of all API keys of the deployments. Logs hide them. */
import type { Deployment } from '../model/deployment';

export function apiKeysOf(deployments: readonly Deployment[]): string[] {
  return deployments
    .flatMap(({ apis }) => apis)
    .flatMap((api) => (api.kind === 'rest-api' ? api.usagePlans : []))
    .flatMap(({ keys }) => keys.map(({ value }) => value));
}
