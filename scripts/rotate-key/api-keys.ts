/** The API keys of a deployed stack, and the next step of their rotation. */
import type { StateResource } from '../terraform/stack-state';

/** The key of a stack that the setting `apiKeys` does not name. constructs/api-keys.ts creates it; a test compares the names. */
export const FIRST_API_KEY = 'a';

/** Maximum number of keys in the setting `apiKeys`. */
const MAX_KEYS = 2;

export interface DeployedKey {
  /** The key in the setting `apiKeys`: `a`. */
  readonly key: string;
  /** The id at API Gateway, which the access log contains. */
  readonly id: string;
  /** Secret. */
  readonly value: string;
}

/** Finds the API keys in the resources of a stack, from the oldest to the newest. @throws Error when it has none */
export function deployedKeys(stack: string, resources: readonly StateResource[]): DeployedKey[] {
  const keys = resources
    .filter(({ type }) => type === 'aws_api_gateway_api_key')
    .sort((a, b) => created(a) - created(b))
    .map(({ name, attributes }) => ({
      // constructs/api-keys.ts names the resources `key` and `key_b`.
      key: name.split('_')[1] ?? FIRST_API_KEY,
      id: String(attributes['id']),
      value: String(attributes['value']),
    }));
  if (keys.length === 0) throw new Error(`The stack ${stack} has no API key: no route has the auth apiKey.`);
  return keys;
}

/** When the key was created, in ms; 0 when the state does not say it. */
function created({ attributes }: StateResource): number {
  return Date.parse(String(attributes['created_date'])) || 0;
}

/**
 * The next step of a rotation.
 * - `add`: one key is deployed; the setting gets a second one
 * - `deploy`: the setting is not deployed yet, and removes the deployed keys `removed`
 * - `remove`: both keys work; remove `old` when no caller uses it
 * - `unsafe`: the deployment of the setting removes all keys of the callers; `setting` keeps them
 */
export type RotationStep =
  | { readonly kind: 'add'; readonly setting: readonly [string, string] }
  | { readonly kind: 'deploy'; readonly removed: readonly string[] }
  | { readonly kind: 'remove'; readonly old: string; readonly setting: readonly [string] }
  | { readonly kind: 'unsafe'; readonly setting: readonly string[] };

/**
 * @param configured the keys in the setting, from the oldest to the newest
 * @param deployed the keys in the state, from the oldest to the newest
 */
export function nextStep(configured: readonly string[], deployed: readonly string[]): RotationStep {
  const isDeployed = configured.length === deployed.length && configured.every((key) => deployed.includes(key));
  if (!isDeployed) {
    const removed = deployed.filter((key) => !configured.includes(key));
    return removed.length < deployed.length
      ? { kind: 'deploy', removed }
      : { kind: 'unsafe', setting: [...deployed, ...configured].slice(0, MAX_KEYS) };
  }
  const [old = FIRST_API_KEY, current] = configured;
  if (current !== undefined) return { kind: 'remove', old, setting: [current] };
  return { kind: 'add', setting: [old, old === FIRST_API_KEY ? 'b' : FIRST_API_KEY] };
}
