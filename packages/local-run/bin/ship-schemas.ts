/**
 * Writes schemas/aws-VERSION.jsonl.gz: the schemas of the AWS provider, with the defaults that the provider plans.
 *
 *     npx jiti packages/local-run/bin/ship-schemas.ts PROGRAM
 *
 * PROGRAM is the provider: .terraform/providers/registry.terraform.io/hashicorp/aws/VERSION/PLATFORM/terraform-provider-aws_vVERSION_x5.
 * `terraform init` installs it. The script takes five minutes and needs neither an AWS account nor the network.
 */
import { statSync } from 'node:fs';
import { encodeObject } from '../src/stand-in/protocol/values';
import { schemaLines, writeSchemaFile } from '../src/stand-in/schema/installed-schemas';
import { PluginProcess } from '../src/stand-in/schema/plugin-process';
import { withProviderDefaults } from '../src/stand-in/schema/provider-defaults';
import { SHIPPED_FILE } from '../src/stand-in/schema/shipped-schemas';

/** QuickSight alone would double the size of all schemas. */
const LEFT_OUT = 'aws_quicksight_';

const OFFLINE = {
  ...{ region: 'us-east-1', access_key: 'none', secret_key: 'none', skip_credentials_validation: true },
  ...{ skip_requesting_account_id: true, skip_metadata_api_check: 'true', skip_region_validation: true },
};

async function start(program: string): Promise<PluginProcess> {
  const plugin = await PluginProcess.start(program);
  const { provider } = await plugin.schemas();
  await plugin.call('Configure', { terraform_version: '1.11.4', config: encodeObject(OFFLINE, provider.block) });
  return plugin;
}

async function main(program: string | undefined): Promise<void> {
  if (program === undefined) throw new Error('Give the program of the AWS provider: see the head of this script.');
  const plugin = await start(program);
  const schemas = await plugin.schemas();
  plugin.stop();
  const kept = <Schema>(all: ReadonlyMap<string, Schema>) =>
    new Map([...all].filter(([type]) => !type.startsWith(LEFT_OUT)));
  const resources = await withProviderDefaults(kept(schemas.resources), () => start(program), console.log);
  const lines = schemaLines('aws', { ...schemas, resources, dataSources: kept(schemas.dataSources) });
  await writeSchemaFile(SHIPPED_FILE, lines);
  console.log(`${SHIPPED_FILE}: ${lines.length} schemas, ${statSync(SHIPPED_FILE).size} bytes`);
}

void main(process.argv[2]);
