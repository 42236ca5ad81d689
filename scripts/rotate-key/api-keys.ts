/** The API keys of a deployed stack, and the next step of their rotation. */
import type { StateResource } from '../terraform/stack-state';

/** The key of a stack that the setting `apiKeys` does not name. constructs/api-keys.ts creates it; a test compares the names. */
export const FIRST_API_KEY = 'a';

export interface DeployedKey {
  /** The key in the setting `apiKeys`: `a`. */
  readonly key: string;
  /** The id at API Gateway, which the access log contains. */
  readonly id: string;
  /** Secret. */
  readonly value: string;
}

/** Finds the API keys in the resources of a stack. @throws Error when it has none */
export function deployedKeys(stack: string, resources: readonly StateResource[]): DeployedKey[] {
  const keys = resources
    .filter(({ type }) => type === 'aws_api_gateway_api_key')
    .map(({ name, attributes }) => ({
      // constructs/api-keys.ts names the resources `key` and `key_b`.
      key: name.split('_')[1] ?? FIRST_API_KEY,
      id: String(attributes['id']),
      value: String(attributes['value']),
    }));
  if (keys.length === 0) throw new Error(`The stack ${stack} has no API key: no route has the auth apiKey.`);
  return keys;
}

/**
 * The next step of a rotation.
 * - `add`: one key is deployed; add `next` to the setting
 * - `deploy`: the setting is not deployed yet
 * - `remove`: both keys work; remove `old` when no caller uses it
 * - `unsafe`: the deployment of the setting removes the only key of the callers
 */
export type RotationStep =
  | { readonly kind: 'add'; readonly setting: readonly [string, string] }
  | { readonly kind: 'deploy' }
  | { readonly kind: 'remove'; readonly old: string; readonly setting: readonly [string] }
  | { readonly kind: 'unsafe'; readonly setting: readonly string[] };

/**
 * @param configured the keys in the setting, from the oldest to the newest
 * @param deployed the keys in the state, in any order
 */
export function nextStep(configured: readonly string[], deployed: readonly string[]): RotationStep {
  const isDeployed = configured.length === deployed.length && configured.every((key) => deployed.includes(key));
  if (!isDeployed) {
    const keepsOne = configured.some((key) => deployed.includes(key));
    return keepsOne
      ? { kind: 'deploy' }
      : { kind: 'unsafe', setting: [...deployed.slice(0, 1), ...configured].slice(0, 2) };
  }
  const [old = FIRST_API_KEY, current] = configured;
  if (current !== undefined) return { kind: 'remove', old, setting: [current] };
  return { kind: 'add', setting: [old, old === FIRST_API_KEY ? 'b' : FIRST_API_KEY] };
}
