/** Types and attributes of an AWS provider that `terraform init` installed, in another version than the shipped schemas. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findInstalledProvider } from '../../src/stand-in/schema/installed-schemas';
import { SHIPPED_VERSION } from '../../src/stand-in/schema/shipped-schemas';
import { TerraformProject } from '../support/terraform-project';
import { describeWithTerraform } from '../support/with-terraform';

const JITI = path.join(path.dirname(require.resolve('jiti/package.json')), 'lib/jiti-cli.mjs');

const NEW_TYPE = `
resource "aws_new_thing" "a" {
  name = "a"
}
resource "aws_sqs_queue" "q" {
  name          = "q"
  new_attribute = "new"
}
output "values" {
  value = [aws_new_thing.a.arn, aws_sqs_queue.q.new_attribute, aws_sqs_queue.q.arn]
}`;

describeWithTerraform('an installed AWS provider', () => {
  const configured = process.env['XDG_CACHE_HOME'];
  let project: TerraformProject;

  beforeEach(() => {
    project = new TerraformProject();
    process.env['XDG_CACHE_HOME'] = path.join(project.folder, 'user-cache');
  });

  afterEach(async () => {
    await project.remove();
    if (configured === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = configured;
  });

  /** Installs the provider as `terraform init` does. @param registry its host name */
  function install(version: string, registry = 'registry.terraform.io', dataFolder = '.terraform'): void {
    const folder = path.join(dataFolder, 'providers', registry, 'hashicorp/aws', version, 'linux_amd64');
    const program = `${folder}/terraform-provider-aws_v${version}_x5`;
    const sockets = path.join(project.folder, 'sockets');
    mkdirSync(sockets);
    const script = path.join(__dirname, '../support/other-provider.ts');
    project.put(program, `#!/bin/sh\nexec "${process.execPath}" "${JITI}" "${script}" "${sockets}"\n`);
    chmodSync(path.join(project.root, program), 0o755);
  }

  const starts = () => {
    const file = path.join(project.folder, 'sockets/starts.txt');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
  };

  test.each(['registry.terraform.io', 'registry.opentofu.org'])(
    'from %s has types and attributes that the shipped version does not have, and is asked once',
    async (registry) => {
      install('6.1.0', registry);
      project.put('main.tf', NEW_TYPE);
      for (const cache of [true, false]) {
        const { outputs } = await project.load({ cache });
        expect(outputs['values']).toEqual([
          expect.stringMatching(/^arn:aws:new:us-east-1:/),
          'new',
          'arn:aws:sqs:us-east-1:000000000000:q',
        ]);
      }
      expect(starts()).toBe(1);
      const cached = readdirSync(path.join(project.folder, 'user-cache/local-run'));
      expect(cached).toContain('schemas-hashicorp-aws-6.1.0.jsonl.gz');
    },
  );

  test('is found in the folder that TF_DATA_DIR names', async () => {
    install('6.1.0', 'registry.terraform.io', '../data');
    project.put('main.tf', NEW_TYPE);
    const environment = { TF_DATA_DIR: path.join(project.root, '../data') };
    expect((await project.load({ environment })).outputs['values']).toHaveLength(3);
  });

  test('of the shipped version is asked only for types that the package does not ship', async () => {
    install(SHIPPED_VERSION);
    project.put('main.tf', 'resource "aws_sqs_queue" "q" {\n  name = "q"\n}');
    await project.load();
    expect(starts()).toBe(0);
    project.put('main.tf', NEW_TYPE);
    expect((await project.load()).outputs['values']).toHaveLength(3);
    expect(starts()).toBe(1);
  });

  test('is not found when only other providers are installed', () => {
    project.put('.terraform/providers/registry.terraform.io/hashicorp/random/3.0.0/linux_amd64/x', '');
    expect(findInstalledProvider(path.join(project.root, '.terraform/providers'), 'hashicorp/aws')).toBeUndefined();
  });
});
