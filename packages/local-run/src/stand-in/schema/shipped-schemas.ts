/** Reads the schemas of the AWS provider that the package ships: schemas/aws-5.100.0.jsonl.gz, made by bin/ship-schemas.ts. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PACKAGE_ROOT } from '../../package-root';

/** The version of hashicorp/aws whose schemas are shipped. */
export const SHIPPED_VERSION = '5.100.0';

export const SHIPPED_FILE = path.join(PACKAGE_ROOT, 'schemas', `aws-${SHIPPED_VERSION}.jsonl.gz`);

/** @returns the lines of the schemas: see schema-line.ts */
export async function readSchemaFile(file: string): Promise<string> {
  return (await promisify(gunzip)(await readFile(file))).toString();
}
