/** Writes Terraform states by hand, so that a plan shows the changes of deployed resources without an account. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { terraform } from './terraform';

/** Versions of the provider's schemas that are not 0. */
const SCHEMA_VERSIONS: Readonly<Record<string, number>> = { aws_dynamodb_table: 1 };

/** Texts for references that the provider checks, by attribute. */
const VALUES: Readonly<Record<string, string>> = { arn: 'arn:aws:x:us-east-1:111122223333:y', json: '{}' };

type Attributes = Readonly<Record<string, unknown>>;

interface Plan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[]; readonly after: Attributes | null };
  }[];
}

/** Writes the state of a stack. @param resources attributes by address; those that are missing are null */
export function writeState(folder: string, resources: Readonly<Record<string, Attributes>>): void {
  const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
  const state = {
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: randomUUID(),
    outputs: {},
    resources: Object.entries(resources).map(([address, attributes]) => {
      const [type = '', name = ''] = address.split('.');
      const instance = { schema_version: SCHEMA_VERSIONS[type] ?? 0, attributes };
      return { mode: 'managed', type, name, provider, instances: [instance] };
    }),
  };
  writeFileSync(path.join(folder, 'terraform.tfstate'), JSON.stringify(state));
}

/** Removes all other resources of a synthesized stack. References become texts, so that the plan knows every value. */
export function keepResources(folder: string, addresses: readonly string[]): void {
  const file = path.join(folder, 'cdk.tf.json');
  const {
    resource,
    terraform: settings,
    provider,
  } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
    readonly terraform: object;
    readonly provider: object;
  };
  const kept: Record<string, Record<string, object>> = {};
  for (const address of addresses) {
    const [type = '', name = ''] = address.split('.');
    const { depends_on: _, ...attributes } = resource[type]?.[name] ?? {};
    (kept[type] ??= {})[name] = attributes;
  }
  const text = JSON.stringify({ terraform: settings, provider, resource: kept });
  writeFileSync(
    file,
    text.replaceAll(/\$\{[^{}]*\.(\w+)\}/g, (_, attribute: string) => VALUES[attribute] ?? 'x'),
  );
}

/** Plans the stack without reading AWS. @returns actions and planned attributes of each resource, by address */
export function plannedChanges(folder: string) {
  terraform(folder, 'plan', '-input=false', '-no-color', '-refresh=false', '-out=plan');
  const { resource_changes: changes } = JSON.parse(terraform(folder, 'show', '-json', 'plan')) as Plan;
  return new Map(changes.map(({ address, change }) => [address, change]));
}
