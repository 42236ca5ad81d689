/** `npm run eject` with the real Terraform: format, validation, and the same planned values as the stacks. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { withAccount } from '../../../scripts/terraform/account';
import { initializeModules } from '../../../scripts/terraform/offline';
import { terraform } from '../../../scripts/terraform/terraform';
import { ROOT } from '../../support/local-run';
import { copyProject, type ProjectCopy } from '../../support/project-copy';
import { runScript } from '../../support/run-script';
import { synth } from '../../support/synth';
import { items } from '../../../function/items/contract';
import { unavailable } from '../../support/terraform';

const PRODUCTION = {
  ...{ PROFILE: 'production', RESERVED_CONCURRENCY: '10', ALARM_EMAIL: 'ops@example.com', MONTHLY_BUDGET_USD: '50' },
  ...{ NAME_PREFIX: 'acme', ENVIRONMENT: 'staging', STATE_BUCKET: 'acme-states', MAX_BODY_BYTES: '200000' },
  ...{ DOMAIN: 'example.com', HOSTED_ZONE: 'Z0123456789ABCDEFGHIJ', BACKUP: 'true', FUNCTION_PER_ROUTE: 'true' },
  ...{ CANARY: 'LambdaCanary10Percent5Minutes', PREVIEWS: 'SHARED_ACCOUNT', GITHUB_OIDC_REPOSITORY: 'acme/crud' },
  ...{ GITHUB_OIDC_REPOSITORY_ID: '456789', GITHUB_OIDC_OWNER_ID: '123456' },
  PERMISSIONS_BOUNDARY: 'arn:aws:iam::111122223333:policy/acme-boundary',
};

/** A project, or an example, with settings. */
interface Case {
  readonly name: string;
  readonly app: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly stacks: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'defaults', app: '.', settings: {}, stacks: ['items', 'manager', 'products'] },
  {
    name: 'production',
    app: '.',
    settings: PRODUCTION,
    stacks: ['items', 'manager', 'operations', 'products', 'state'],
  },
  {
    name: 'key',
    app: 'examples/orders',
    settings: { KMS_KEY: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
    stacks: ['orders'],
  },
  { name: 'added', app: '.', settings: {}, stacks: ['features', 'items', 'jobs', 'manager', 'products'] },
];

interface Planned {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const reason = unavailable(synth(items).folder);

if (reason !== undefined && process.env['REQUIRE_TERRAFORM'] !== '1') {
  process.stderr.write(`Skipped: npm run eject, because ${reason}\nREQUIRE_TERRAFORM=1 makes this a failure.\n`);
  test.skip(`npm run eject (${reason.split('\n')[0]})`, () => undefined);
} else {
  testEject();
}

function testEject(): void {
  let workspace: string;
  let project: ProjectCopy;
  const outputs = new Map<string, string>();
  const rootOf = (name: string) => (name === 'added' ? project.root : ROOT);
  const ejected = (name: string) => path.join(workspace, name);
  const synthesized = (name: string) => path.join(workspace, `${name}-json`);

  beforeAll(async () => {
    workspace = mkdtempSync(path.join(os.tmpdir(), 'eject-test-'));
    project = copyProject();
    addStacks(project);
    for (const { name, app, settings } of CASES) {
      const environment = { ...withoutSettings(), ...settings };
      const { status, stdout, stderr } = await runScript(rootOf(name), ['eject', ejected(name), app], environment);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      outputs.set(name, stdout);
      const args = ['synth', '--output', synthesized(name), app];
      expect(await runScript(rootOf(name), args, environment)).toMatchObject({ status: 0 });
    }
  }, 600_000);

  afterAll(() => {
    for (const folder of [workspace, project.root]) rmSync(folder, { recursive: true });
  });

  test.each(CASES)(
    '$name: writes a folder for each stack, in the format of terraform fmt',
    async ({ name, stacks }) => {
      const folders = readdirSync(ejected(name), { withFileTypes: true }).filter((entry) => entry.isDirectory());
      expect(folders.map((entry) => entry.name).sort()).toEqual(stacks);
      await terraform(ejected(name), ['fmt', '-check', '-recursive']);
      const files = readdirSync(ejected(name), { recursive: true, encoding: 'utf8' });
      expect(files.filter((file) => /cdk|node_modules|\.json$/.test(file))).toEqual([]);
    },
  );

  test('all folders are valid, and Terraform plans the same values as for the stacks', async () => {
    const root = path.join(workspace, 'all');
    const modules = CASES.flatMap(({ name, stacks }) => stacks.map((stack) => ({ name, stack })));
    const json = modules.map(({ name, stack }) => ({
      name: `json-${name}-${stack}`,
      folder: path.join(synthesized(name), 'stacks', stack),
    }));
    const resources = await withAccount(async (sts) => {
      await initializeModules(json, root, sts);
      for (const { name, stack } of modules) addModule(root, `hcl-${name}-${stack}`, path.join(ejected(name), stack));
      await terraform(root, ['init', '-no-color']);
      const { stdout } = await terraform(root, ['validate', '-json'], { statuses: [0, 1] });
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { severity: string }[] };
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      await terraform(root, ['plan', '-out=plan.tfplan']);
      return plannedResources((await terraform(root, ['show', '-json', 'plan.tfplan'])).stdout);
    });
    let count = 0;
    for (const { name, stack } of modules) {
      const [before, after] = [resources(`json-${name}-${stack}`), resources(`hcl-${name}-${stack}`)];
      expect({ name, stack, values: after }).toEqual({ name, stack, values: before });
      count += Object.keys(after).length;
    }
    expect(count).toBeGreaterThan(150);
  }, 300_000);

  test('settings whose values the stacks contain become variables; the README names the other settings', () => {
    const read = (file: string) => readFileSync(path.join(ejected('production'), file), 'utf8');
    const variables = [...read('items/variables.tf').matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name);
    expect(variables).toEqual(
      expect.arrayContaining(['region', 'environment', 'name_prefix', 'memory_mb', 'alarm_email']),
    );
    expect(variables).toContain('permissions_boundary');
    expect(read('README.md')).toMatch(/\| `canary` +\| `LambdaCanary10Percent5Minutes` +\|/);
    expect(read('items/staging.s3.tfbackend')).toContain('key = "acme/staging/items/terraform.tfstate"\n');
    expect(read('items/versions.tf')).toContain('backend "s3" {}');
    // The environment is staging, so the README names another second environment.
    expect(read('README.md')).toContain('copy `staging.s3.tfbackend` to `test.s3.tfbackend`.');
  });

  test('a setting stays fixed when a value depends on its hash; eject removes the hashes of CDKTF', () => {
    const read = (file: string) => readFileSync(path.join(ejected('added'), 'jobs', file), 'utf8');
    expect(outputs.get('added')).toContain('resource.aws_sqs_queue.jobs_queue_');
    expect(readFileSync(path.join(ejected('added'), 'README.md'), 'utf8')).toMatch(
      /\| `environment` +\| `default` +\|/,
    );
    expect(read('main.tf')).toMatch(/resource "aws_sqs_queue" "jobs_queue" \{[^}]+= var\.visibility/);
    expect(read('moved.tf')).toMatch(
      /from = aws_sqs_queue\.jobs_queue_[0-9A-F]{8}\n +to {3}= aws_sqs_queue\.jobs_queue\n/,
    );
    expect(read('variables.tf')).not.toContain('"environment"');
    expect(existsSync(path.join(ejected('added'), 'items/moved.tf'))).toBe(false);
  });

  test('refuses a folder that is not empty, and changes nothing in it', async () => {
    const folder = path.join(workspace, 'full');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'notes.txt'), 'notes');
    const { status, stderr } = await runScript(ROOT, ['eject', folder], {});
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `\nThe folder ${folder} is not empty: it contains notes.txt. Pass a new or an empty folder.\n`,
    });
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  test.each([
    [[], 'Pass a folder and at most one app.\n\nWrites'],
    [['one', 'two', 'three'], 'Pass a folder and at most one app, not one two three.\n\nWrites'],
    [['package.json'], `${path.join(ROOT, 'package.json')} is not a folder. Pass a new or an empty folder.`],
    [
      ['new', 'elsewhere'],
      `There is no ${path.join(ROOT, 'elsewhere/cdktf.json')}. Pass the folder of an app, such as `,
    ],
  ])('refuses the arguments %j', async (args, message) => {
    expect(await runScript(ROOT, ['eject', ...args], {})).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`\n${message}`) as unknown,
    });
  });

  test('refuses a file, and a link to nothing', async () => {
    const [file, link] = [path.join(workspace, 'file'), path.join(workspace, 'link')];
    writeFileSync(file, '');
    symlinkSync(path.join(workspace, 'nothing'), link);
    for (const target of [file, link]) {
      expect(await runScript(ROOT, ['eject', target], {})).toMatchObject({
        status: 1,
        stderr: `\n${target} is not a folder. Pass a new or an empty folder.\n`,
      });
    }
  });

  test('shows its options', async () => {
    const help = await runScript(ROOT, ['eject', '--help'], {});
    expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining('npm run eject -- DIR [APP]') as unknown });
  });

  /** The planned values of a module's resources, by address. The names of CDKTF have hashes. */
  function plannedResources(json: string): (module: string) => Record<string, unknown> {
    const { planned_values: values } = JSON.parse(json) as {
      planned_values: { root_module: { child_modules: { address: string; resources?: Planned[] }[] } };
    };
    return (module) => {
      const found = values.root_module.child_modules.find(({ address }) => address === `module.${module}`);
      return Object.fromEntries(
        (found?.resources ?? []).map((resource) => [
          resource.address.replace(`module.${module}.`, '').replace(/_[0-9A-F]{8}(?=\[|$)/, ''),
          resource.values,
        ]),
      );
    };
  }
}

/** Adds a folder to the configuration, as a module without provider and backend. */
function addModule(root: string, name: string, folder: string): void {
  const copy = path.join(root, 'modules', name);
  cpSync(folder, copy, { recursive: true });
  rmSync(path.join(copy, 'providers.tf'));
  const versions = readFileSync(path.join(folder, 'versions.tf'), 'utf8');
  writeFileSync(path.join(copy, 'versions.tf'), versions.replace(/ *backend "s3" \{\}\n/, ''));
  // Paths of archives are relative to the folder in which Terraform runs.
  if (existsSync(path.join(folder, 'assets')))
    cpSync(path.join(folder, 'assets'), path.join(root, 'assets'), { recursive: true });
  writeFileSync(
    path.join(root, `${name}.tf.json`),
    JSON.stringify({ module: { [name]: { source: `./modules/${name}` } } }),
  );
}

/** Settings of the machine must not change the stacks. */
function withoutSettings(): Record<string, string> {
  return { CI: '', AWS_REGION: '', STATE_BUCKET: '', AWS_ENDPOINT_URL: '' };
}

/** Adds stacks to main.ts, as people add stacks. */
function addStacks(project: ProjectCopy): void {
  for (const [file, name] of Object.entries({ 'jobs-stack': 'JobsStack', 'features-stack': 'FeaturesStack' })) {
    const source = readFileSync(path.join(__dirname, `../../support/added-stack/${file}.ts`), 'utf8');
    writeFileSync(
      path.join(project.root, `stacks/${file}.ts`),
      source.replaceAll("'../../../stacks/", "'./").replaceAll("'../../../", "'../"),
    );
    project.edit('main.ts', /^/, `import { ${name} } from './stacks/${file}';\n`);
    const start = '  addStacks: (app, settings) => {\n';
    project.edit('main.ts', start, `${start}    new ${name}(app, settings);\n`);
  }
}
