/** The small providers beside AWS: archive, random, null, local, external, template, time and tls. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { type AppliedRun, TerraformFolder } from '../support/stand-in';
import { describeWithTerraform } from '../support/with-terraform';

const CONFIGURATION = `
data "archive_file" "folder" {
  type        = "zip"
  source_dir  = "code"
  output_path = "out/folder.zip"
  excludes    = ["skipped", "**/*.test.js"]
}
data "archive_file" "file" {
  type        = "zip"
  source_file = "code/index.js"
  output_path = "out/file.zip"
}
data "archive_file" "blocks" {
  type        = "zip"
  output_path = "out/blocks.zip"
  source {
    filename = "a.txt"
    content  = "text of a"
  }
  source {
    filename = "b/c.txt"
    content  = "text of c"
  }
}
resource "random_id" "same" {
  count       = 2
  byte_length = 4
  prefix      = "x-"
}
resource "random_password" "key" {
  length      = 24
  special     = false
  min_numeric = 5
}
resource "random_pet" "name" {
  length    = 3
  separator = "_"
  keepers   = { version = "1" }
}
resource "random_integer" "port" {
  min = 10
  max = 12
}
resource "random_shuffle" "zones" {
  input        = ["a", "b", "c"]
  result_count = 2
}
resource "random_uuid" "token" {}
resource "null_resource" "step" {
  triggers = { pet = random_pet.name.id }
}
resource "time_sleep" "wait" {
  create_duration = "10m"
}
resource "time_offset" "later" {
  base_rfc3339 = "2026-01-31T00:00:00Z"
  offset_days  = 1
  offset_hours = 2
}
resource "tls_private_key" "key" {
  algorithm = "ED25519"
}
resource "local_file" "settings" {
  filename = "out/settings.json"
  content  = "{}"
}
data "local_file" "code" {
  filename = "code/index.js"
}
data "external" "reply" {
  program = ["node", "-e", "process.stdin.on('data', (text) => console.log(JSON.stringify({ reply: JSON.parse(text).word })))"]
  query   = { word = "hello" }
}
data "template_file" "greeting" {
  template = "Hello $\${name}, $$\${name}"
  vars     = { name = "Ada" }
}
`;

describeWithTerraform('the small stand-in providers', () => {
  let folder: TerraformFolder;
  let run: AppliedRun;

  beforeAll(async () => {
    folder = new TerraformFolder({
      ...{ 'main.tf': CONFIGURATION, 'code/index.js': '1', 'code/lib/part.js': '2', 'code/lib/part.test.js': '3' },
      'code/skipped/none.js': '4',
    });
    run = await folder.apply();
  });

  afterAll(() => folder.remove());

  const values = (address: string) => run.instances.get(address)?.values ?? {};
  const read = (name: string) => readFileSync(path.join(folder.folder, name));
  const entries = (name: string) =>
    Object.fromEntries(Object.entries(unzipSync(read(name))).map(([entry, bytes]) => [entry, strFromU8(bytes)]));

  it('apply', () => {
    expect(run.output).toContain('Apply complete!');
  });

  it('write archives of folders, files and texts', () => {
    expect(entries('out/folder.zip')).toEqual({ 'index.js': '1', 'lib/part.js': '2' });
    expect(entries('out/file.zip')).toEqual({ 'index.js': '1' });
    expect(entries('out/blocks.zip')).toEqual({ 'a.txt': 'text of a', 'b/c.txt': 'text of c' });
    expect(values('data.archive_file.folder')['output_base64sha256']).toBe(
      createHash('sha256').update(read('out/folder.zip')).digest('base64'),
    );
  });

  it('write equal archives for equal sources', async () => {
    const before = read('out/folder.zip');
    await folder.apply();
    expect(read('out/folder.zip')).toEqual(before);
  });

  it('generate random values that fit the configuration', () => {
    const hex = [0, 1].map((index) => String(values(`random_id.same[${index}]`)['hex']));
    expect(hex[0]).toMatch(/^x-[0-9a-f]{8}$/);
    expect(hex[1]).not.toBe(hex[0]);
    expect(values('random_password.key')['result']).toMatch(/^(?=(.*\d){5})[A-Za-z0-9]{24}$/);
    expect(values('random_pet.name')['id']).toMatch(/^[a-z]+_[a-z]+_[a-z]+$/);
    expect(values('random_integer.port')['result']).toBeGreaterThanOrEqual(10);
    expect(values('random_integer.port')['result']).toBeLessThanOrEqual(12);
    expect(values('random_shuffle.zones')['result']).toHaveLength(2);
    expect(values('random_uuid.token')['result']).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('keep random values until the configuration of the resource changes', async () => {
    const before = values('random_pet.name')['id'];
    const same = await folder.apply();
    expect(same.instances.get('random_pet.name')?.values['id']).toBe(before);
    folder.write({ 'main.tf': CONFIGURATION.replace('version = "1"', 'version = "2"') });
    const changed = await folder.apply();
    expect(changed.instances.get('random_pet.name')?.values['id']).not.toBe(before);
    expect(changed.output).toContain('2 added, 0 changed, 2 destroyed');
  });

  it('compute times without waiting', () => {
    expect(values('time_offset.later')).toMatchObject({ rfc3339: '2026-02-01T02:00:00Z', month: 2, hour: 2 });
  });

  it('generate keys', () => {
    expect(values('tls_private_key.key')['private_key_pem']).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(values('tls_private_key.key')['public_key_pem']).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  });

  it('read and write files', () => {
    expect(read('out/settings.json').toString()).toBe('{}');
    expect(values('data.local_file.code')['content']).toBe('1');
  });

  it('run the programs of external data sources', () => {
    expect(values('data.external.reply')['result']).toEqual({ reply: 'hello' });
  });

  it('render template_file', () => {
    expect(values('data.template_file.greeting')['rendered']).toBe('Hello Ada, ${name}');
  });
});
