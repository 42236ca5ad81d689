/** Names the providers that a reviewer must know: other configurations than the default, and providers of other publishers. */
import type { Change } from '../model/plan';

/** The providers of HashiCorp, and Terraform's own. A shortened plan may lack the source. */
const ORDINARY_SOURCE = /^(registry\.terraform\.io\/hashicorp\/[\w-]+|terraform\.io\/builtin\/terraform)?$/;

/** Whether the source of a provider needs no attention. The apply runs the provider's program with all its rights. */
export function isOrdinarySource(source: string): boolean {
  return ORDINARY_SOURCE.test(source);
}

/**
 * Names the provider of a change: its configuration, if it is not the default one, which may be another account or region;
 * and its source, if it is not ordinary.
 * @returns undefined for the default configuration of an ordinary provider
 */
export function otherProvider({ provider, providerKey = '' }: Change): string | undefined {
  const alias = providerKey.replace(/^.*:/, '').includes('.') ? [providerKey] : [];
  const names = [...alias, ...(isOrdinarySource(provider) ? [] : [provider])];
  return names.length === 0 ? undefined : names.join(' of ');
}
