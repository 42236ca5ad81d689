/** The attributes of functions in the provider's schema that the local run neither simulates nor leaves out. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PACKAGE_ROOT } from '../../../src/package-root';
import { RESOURCE_TYPES } from '../../../src/source/terraform-json/resource-types';

/** `["resource", name, version, attributes, blocks]`. The flags of an attribute contain `o` or `r` if it can be set. */
type Entry = readonly [string, string, number, Readonly<Record<string, readonly [unknown, string]>>, object?];

const SCHEMA = path.join(PACKAGE_ROOT, 'schemas', 'aws-5.100.0.jsonl.gz');

const ALWAYS_INERT = ['description', 'id', 'tags', 'tags_all', 'timeouts'];

const lines = gunzipSync(readFileSync(SCHEMA)).toString().split('\n').filter(Boolean);
const entries = lines.map((line) => JSON.parse(line) as Entry);

/** The attributes and blocks that a configuration can set. */
function settable(type: string): string[] {
  const [, , , attributes = {}, blocks = {}] =
    entries.find(([kind, name]) => kind === 'resource' && name === type) ?? [];
  const names = Object.entries(attributes).flatMap(([name, [, flags]]) => (/[or]/.test(flags) ? [name] : []));
  return [...names, ...Object.keys(blocks)];
}

test.each<[string, readonly string[]]>([
  ['aws_lambda_function', ['file_system_config']],
  ['aws_lambda_alias', ['routing_config']],
  ['aws_lambda_layer_version', []],
  ['aws_lambda_function_url', []],
  ['aws_lambda_permission', ['principal_org_id']],
  ['aws_s3_object', []],
  ['aws_s3_bucket_object', []],
  ['aws_s3_bucket', []],
])('%s: routes answer 501 because of %j only', (type, decisive) => {
  const names = settable(type);
  expect(names.length).toBeGreaterThan(3);
  const rules = RESOURCE_TYPES[type]?.attributes ?? {};
  expect(names.filter((name) => !(name in rules) && !ALWAYS_INERT.includes(name))).toEqual(decisive);
});
