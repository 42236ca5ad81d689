/** Names the providers that a reviewer must know: other configurations than the default, and providers of other publishers. */
import type { Change } from '../model/plan';

/** The providers of HashiCorp, from the registry of Terraform or OpenTofu, and Terraform's own. Some plans lack the source of a provider. */
const ORDINARY_SOURCE =
  /^(registry\.(?:terraform\.io|opentofu\.org)\/hashicorp\/[\w-]+|terraform\.io\/builtin\/terraform)?$/;

/** Whether HashiCorp publishes the provider. Another provider is a program that the apply runs with all its rights. */
export function isOrdinarySource(source: string): boolean {
  return ORDINARY_SOURCE.test(source);
}

/**
 * Names the provider of a change, if a reviewer must know it: a configuration with an alias can use another account or region,
 * and a provider of another publisher is a program that the apply runs.
 * @returns undefined for the default configuration of an ordinary provider
 */
export function otherProvider({ provider, providerKey = '' }: Change): string | undefined {
  const alias = providerKey.replace(/^.*:/, '').includes('.') ? [providerKey] : [];
  const names = [...alias, ...(isOrdinarySource(provider) ? [] : [provider])];
  return names.length === 0 ? undefined : names.join(' of ');
}
