/** Chooses the stand-ins for a configuration. */
import { awsProvider } from './aws/aws';
import type { Provider } from './provider/provider';
import { providerSchemas } from './schema/define';
import type { ProviderSchemas } from './schema/schema';
import { archive } from './small/archive';
import { external } from './small/external';
import { local } from './small/local';
import { nullProvider } from './small/null';
import { random } from './small/random';
import { template } from './small/template';
import { time } from './small/time';
import { tls } from './small/tls';
import type { StandInOptions } from './options';

export interface LoadedProviders {
  /** By address: `hashicorp/aws`. */
  readonly providers: ReadonlyMap<string, Provider>;
  readonly unknownTypes: readonly string[];
}

/** Terraform itself serves `terraform_data` and `terraform_remote_state`. */
const BUILT_IN = 'terraform';

export async function loadProviders(options: StandInOptions): Promise<LoadedProviders> {
  const small: Readonly<Record<string, Provider>> = {
    ...{ archive: archive(options), external: external(options), local: local(options), null: nullProvider, random },
    ...{ template: template(options), time, tls },
  };
  const providers = new Map<string, Provider>();
  for (const [name, provider] of Object.entries(small)) providers.set(`hashicorp/${name}`, provider);
  providers.set('hashicorp/aws', await awsProvider(options));
  for (const address of otherAddresses(options)) {
    if (!providers.has(address)) providers.set(address, withoutTypes());
  }
  const known = [...providers.values()].map(({ schemas }) => schemas);
  return { providers, unknownTypes: options.types.filter((type) => !isKnown(type, known)) };
}

/** The provider that Terraform takes for a type without `required_providers`, and the addresses that the configuration names. */
function otherAddresses({ types, providers = [] }: StandInOptions): readonly string[] {
  const names = types.map((type) => type.split('_')[0] ?? type).filter((name) => name !== BUILT_IN);
  return [...providers, ...new Set(names.map((name) => `hashicorp/${name}`))];
}

/** Terraform names the types of such a provider as unknown. */
function withoutTypes(): Provider {
  return { schemas: providerSchemas({}), resources: {}, dataSources: {} };
}

function isKnown(type: string, known: readonly ProviderSchemas[]): boolean {
  if (type.startsWith(`${BUILT_IN}_`)) return true;
  return known.some(
    ({ resources, dataSources, ephemeralResources }) =>
      resources.has(type) || dataSources.has(type) || ephemeralResources.has(type),
  );
}
