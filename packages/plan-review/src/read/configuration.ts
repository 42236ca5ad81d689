/** Reads the regions and references from the configuration part of a plan. */
import type { Plan } from '../model/plan';
import type { RawPlan } from './schema';

/** The region of each provider configuration that sets it to a constant. */
export function readRegions({ configuration }: RawPlan): Plan['regions'] {
  const providers = Object.entries(configuration?.provider_config ?? {}).map(([key, { expressions }]) => {
    const region = expressions?.['region'] as { constant_value?: unknown } | undefined;
    return [key, region?.constant_value] as const;
  });
  return Object.fromEntries(providers.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The references of each resource in the root module, by address and attribute. */
export function readReferences({ configuration }: RawPlan): Plan['references'] {
  const resources = configuration?.root_module?.resources ?? [];
  return Object.fromEntries(
    resources.map(({ address, expressions = {} }) => [
      address,
      Object.fromEntries(Object.entries(expressions).map(([name, expression]) => [name, referencesIn(expression)])),
    ]),
  );
}

/** The references of an expression, or of all expressions in nested blocks. */
export function referencesIn(expression: unknown): string[] {
  if (typeof expression !== 'object' || expression === null) return [];
  const { references } = expression as { references?: unknown };
  if (Array.isArray(references)) return references.filter((reference) => typeof reference === 'string');
  return Object.values(expression).flatMap(referencesIn);
}
