/** Reads the schemas of a provider that `terraform init` installed for the user, once for each version. */
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { userCacheFolder } from '../../source/cache-folder';
import { PluginProcess } from './plugin-process';
import type { ProviderSchemas } from './schema';
import { toLine } from './schema-line';

export interface InstalledProvider {
  readonly version: string;
  /** The program of the provider. */
  readonly program: string;
}

/** @param root `DIR/.terraform/providers` */
export function findInstalledProvider(root: string, address: string): InstalledProvider | undefined {
  for (const registry of list(root)) {
    const folder = path.join(root, registry, address);
    for (const version of list(folder)) {
      for (const platform of list(path.join(folder, version))) {
        const programs = list(path.join(folder, version, platform));
        const program = programs.find((name) => name.startsWith('terraform-provider-'));
        if (program !== undefined) return { version, program: path.join(folder, version, platform, program) };
      }
    }
  }
  return undefined;
}

/** @returns the file with the schemas of the provider, which this function writes the first time: see schema-line.ts */
export async function schemaFileOf(
  address: string,
  { version, program }: InstalledProvider,
  cacheFolder = userCacheFolder(),
): Promise<string> {
  const file = path.join(cacheFolder, `schemas-${address.replaceAll('/', '-')}-${version}.jsonl.gz`);
  if (!existsSync(file)) {
    const plugin = await PluginProcess.start(program);
    try {
      await writeSchemaFile(file, schemaLines(address.split('/').at(-1) ?? address, await plugin.schemas()));
    } finally {
      plugin.stop();
    }
  }
  return file;
}

export function schemaLines(provider: string, schemas: ProviderSchemas): readonly string[] {
  return [
    toLine('provider', provider, schemas.provider),
    ...[...schemas.resources].map(([type, schema]) => toLine('resource', type, schema)),
    ...[...schemas.dataSources].map(([type, schema]) => toLine('data', type, schema)),
    ...[...schemas.ephemeralResources].map(([type, schema]) => toLine('ephemeral', type, schema)),
  ];
}

export async function writeSchemaFile(file: string, lines: readonly string[]): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, await promisify(gzip)(`${lines.join('\n')}\n`, { level: 9 }));
  renameSync(temporary, file);
}

function list(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
