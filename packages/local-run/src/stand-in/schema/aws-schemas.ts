/** Chooses the schemas of the AWS provider: those of the installed version, or the shipped ones. */
import type { ProviderSchemas } from './schema';
import { findInstalledProvider, schemaFileOf } from './installed-schemas';
import { readLines, type SchemasByKind } from './schema-line';
import { readSchemaFile, SHIPPED_FILE, SHIPPED_VERSION } from './shipped-schemas';

const ADDRESS = 'hashicorp/aws';

export interface AwsSchemaOptions {
  readonly types: readonly string[];
  readonly installedProviders?: string | undefined;
  readonly cacheFolder?: string | undefined;
}

export async function awsSchemas({
  types,
  installedProviders,
  cacheFolder,
}: AwsSchemaOptions): Promise<ProviderSchemas> {
  const wanted = new Set(types.filter((type) => type.startsWith('aws_')));
  const shipped = await readTypes(SHIPPED_FILE, wanted);
  const installed = installedProviders === undefined ? undefined : findInstalledProvider(installedProviders, ADDRESS);
  if (installed === undefined) return combine(shipped);
  const isComplete = [...wanted].every((type) => shipped.resource.has(type) || shipped.data.has(type));
  if (installed.version === SHIPPED_VERSION && isComplete) return combine(shipped);
  return combine(await readTypes(await schemaFileOf(ADDRESS, installed, cacheFolder), wanted));
}

async function readTypes(file: string, wanted: ReadonlySet<string>): Promise<SchemasByKind> {
  return readLines(await readSchemaFile(file), (kind, type) => kind === 'provider' || wanted.has(type));
}

function combine({ provider, resource, data, ephemeral }: SchemasByKind): ProviderSchemas {
  const schema = provider.get('aws');
  if (schema === undefined) throw new Error('The schemas have no provider "aws". Reinstall the package.');
  return { provider: schema, resources: resource, dataSources: data, ephemeralResources: ephemeral };
}
