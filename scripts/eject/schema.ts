/** Reads the schemas of the providers. They define which arguments of a resource are nested blocks. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { terraform } from '../terraform/terraform';

/** A type as in `terraform providers schema -json`: `"string"`, `["set", "string"]` or `["list", ["object", {...}]]`. */
type AttributeType = string | readonly [kind: string, element: AttributeType | Readonly<Record<string, AttributeType>>];

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, { readonly type?: AttributeType }>>;
  readonly block_types?: Readonly<Record<string, { readonly block: BlockSchema }>>;
}

type Schemas = Readonly<Record<string, { readonly block: BlockSchema }>>;

interface ProviderSchema {
  readonly provider: { readonly block: BlockSchema };
  readonly resource_schemas?: Schemas;
  readonly data_source_schemas?: Schemas;
}

export interface ProviderSchemas {
  /** @param name local name of a provider, for example `aws` */
  provider(name: string): BlockSchema;
  /** @param type type of a resource, for example `aws_lambda_function` */
  resource(type: string): BlockSchema;
  data(type: string): BlockSchema;
}

/** Has terraform_remote_state and terraform_data. Stacks do not list this provider. */
const BUILT_IN = { terraform: { source: 'terraform.io/builtin/terraform' } };

/**
 * Reads the schemas with Terraform, which installs the providers into the folder.
 * @param folder a new folder
 * @param requiredProviders `required_providers` of the stacks
 * @throws TerraformError without Terraform, or when it cannot install a provider
 */
export async function readSchemas(folder: string, requiredProviders: object): Promise<ProviderSchemas> {
  mkdirSync(folder);
  writeFileSync(
    `${folder}/providers.tf.json`,
    JSON.stringify({ terraform: { required_providers: { ...BUILT_IN, ...requiredProviders } } }),
  );
  await terraform(folder, ['init', '-backend=false', '-no-color']);
  const { stdout } = await terraform(folder, ['providers', 'schema', '-json']);
  const { provider_schemas: byAddress } = JSON.parse(stdout) as { provider_schemas: Record<string, ProviderSchema> };
  const all = Object.values(byAddress);
  const find = (kind: 'resource_schemas' | 'data_source_schemas', type: string): BlockSchema => {
    const schema = all.map((provider) => provider[kind]?.[type]?.block).find((block) => block !== undefined);
    if (schema) return schema;
    throw new Error(`No provider has the type ${type}. Add the provider of this type to the stack.`);
  };
  return {
    provider: (name) => {
      const address = Object.keys(byAddress).find((key) => key.endsWith(`/${name}`));
      const schema = address === undefined ? undefined : byAddress[address];
      if (schema) return schema.provider.block;
      throw new Error(
        `The stacks configure the provider ${name}, but require only ${Object.keys(byAddress).join(', ')}. Add it to ` +
          'required_providers of the stack.',
      );
    },
    resource: (type) => find('resource_schemas', type),
    data: (type) => find('data_source_schemas', type),
  };
}

/**
 * Returns the schema of a nested block; undefined for an argument. Terraform accepts blocks for an argument whose type is a list of
 * objects. Only a block may leave out attributes of the objects, so eject prints blocks.
 */
export function nestedBlock(
  { attributes = {}, block_types: blocks = {} }: BlockSchema,
  name: string,
): BlockSchema | undefined {
  return blocks[name]?.block ?? objectSchema(attributes[name]?.type);
}

function objectSchema(type: AttributeType | undefined): BlockSchema | undefined {
  if (!Array.isArray(type)) return undefined;
  const [kind, element] = type as [string, AttributeType];
  if ((kind !== 'list' && kind !== 'set') || !Array.isArray(element) || element[0] !== 'object') return undefined;
  const types = element[1] as Readonly<Record<string, AttributeType>>;
  return { attributes: Object.fromEntries(Object.entries(types).map(([name, inner]) => [name, { type: inner }])) };
}
