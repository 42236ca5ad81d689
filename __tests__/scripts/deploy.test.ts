/** The npm scripts as commands: help, options, and refusals before any change. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { refuseForgottenStates } from '../../scripts/terraform/local-state';
import { selectStacks } from '../../scripts/terraform/synth';
import { terraform, terraformEnvironment } from '../../scripts/terraform/terraform';
import { JITI, ROOT } from '../support/local-run';
import { copyProject, type ProjectCopy } from '../support/project-copy';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deploy-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function script(name: string, ...args: string[]) {
  const command = [JITI, `scripts/${name}.ts`, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('deploy', () => {
  test('without a terminal, requires --reviewed or --yes', () => {
    const { status, stderr } = script('deploy');
    expect(status).toBe(1);
    expect(stderr).toContain('Pass --reviewed with the reviewed summary, or --yes.');
  });

  test.each([
    ['a missing summary', 'none.md', undefined, /none\.md/],
    ['a summary without a record', 'empty.md', '# Plan\n', /empty\.md/],
  ])('fails before it plans, for %s', (_, name, text, message) => {
    const file = path.join(folder, name);
    if (text !== undefined) writeFileSync(file, text);
    const { status, stdout, stderr } = script('deploy', '--reviewed', file);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('refuses --reviewed together with --yes or --ignore-alarms', () => {
    expect(script('deploy', '--yes', '--reviewed', 'x').stderr).toContain('exclude each other');
    expect(script('deploy', '--ignore-alarms', '--reviewed', 'x').stderr).toContain(
      '--reviewed and --ignore-alarms exclude each other: no review covers that.',
    );
  });
});

test.each([
  'deploy',
  'rollback',
  'rotate-key',
  'token',
  'destroy',
  'plan-stacks',
  'bootstrap',
  'github',
  'smoke',
  'build',
  'drift-metric',
  'synth',
])('%s refuses unknown options', (name) => {
  const { status, stderr } = script(name, '--nothing');
  expect(status).toBe(1);
  expect(stderr).toContain("Unknown option '--nothing'.\nnpm run");
  expect(stderr).not.toContain('    at ');
});

test.each(
  readdirSync(path.join(ROOT, 'scripts'))
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => readFileSync(path.join(ROOT, 'scripts', file), 'utf8').includes('const HELP'))
    .map((file) => path.basename(file, '.ts')),
)('%s prints its help in 100 columns', (name) => {
  const { status, stdout } = script(name, '--help');
  expect(status).toBe(0);
  expect(stdout).toContain('npm run');
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
});

describe('in a copy of the project', () => {
  let copy: ProjectCopy;

  beforeAll(() => (copy = copyProject()));
  afterAll(() => rmSync(copy.root, { recursive: true }));

  const run = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
    const env = { ...process.env, CI: '', STATE_BUCKET: '', ...environment };
    return spawnSync(process.execPath, [JITI, ...args], { cwd: copy.root, encoding: 'utf8', env });
  };

  test.each(['deploy', 'destroy'])('%s reports an unknown stack before the missing terminal', (name) => {
    const { status, stderr } = run([`scripts/${name}.ts`, 'itemz']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/\nThere is no stack itemz\. Name one of \w/);
    expect(stderr).not.toContain('terminal');
  });

  test.each([['plan-stacks'], ['deploy', '--yes'], ['destroy', '--yes']])(
    '%s refuses local states before the synth when CI is set',
    (name, ...args) => {
      copy.overwrite('cdktf.json', '{ "app": "node app.cjs" }');
      const { status, stdout, stderr } = run([`scripts/${name}.ts`, ...args], { CI: 'true' });
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^\nThe setting stateBucket is empty, but remoteStateRequired is true .*\n$/);
    },
  );

  test.each(['plan-stacks', 'deploy', 'synth', 'bootstrap'])('%s names a cdktf.json that is not JSON', (name) => {
    copy.overwrite('cdktf.json', '{ "app": "node app.cjs", }');
    const { status, stderr } = run([`scripts/${name}.ts`, ...(name === 'deploy' ? ['--yes'] : [])]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^\n\/.*\/cdktf\.json cannot be read: Expected .* JSON .*\. Correct the file\.\n$/);
  });
});

test('bootstrap refuses --confirm without --destroy', () => {
  expect(script('bootstrap', '--confirm', 'x').stderr).toContain('--confirm needs --destroy.');
});

describe('selectStacks', () => {
  const stacks = ['items', 'products', 'state'].map((name) => ({ name, folder: name }));
  const names = (...selected: string[]) => selectStacks(stacks, selected).map(({ name }) => name);

  test('selects all stacks but state, or the named stacks', () => {
    expect(names()).toEqual(['items', 'products']);
    expect(names('state')).toEqual(['state']);
    const withState = (...selected: string[]) =>
      selectStacks(stacks, selected, { withState: true }).map(({ name }) => name);
    expect(withState()).toEqual(['items', 'products', 'state']);
    expect(withState('items')).toEqual(['items', 'state']);
  });

  test('refuses an unknown name', () => {
    expect(() => names('orders')).toThrow('There is no stack orders. Name one of items, products, state.');
  });
});

describe('a local state file', () => {
  const stack = (name: string, backend: object, resources: object[]) => {
    const stackFolder = path.join(folder, 'stacks', name);
    mkdirSync(stackFolder, { recursive: true });
    writeFileSync(path.join(stackFolder, 'cdk.tf.json'), JSON.stringify({ terraform: { backend } }));
    writeFileSync(path.join(folder, `terraform.${name}.tfstate`), JSON.stringify({ resources }));
    return { name, folder: stackFolder };
  };
  const managed = { mode: 'managed' };

  test('is refused when the backend of the stack is a bucket', () => {
    const stacks = [stack('items', { s3: {} }, [managed, managed]), stack('empty', { s3: {} }, [])];
    expect(() => refuseForgottenStates(stacks, folder)).toThrow(
      /The state of the stack items belongs in the bucket, but terraform\.items\.tfstate still has 2 resources[^]*state push/,
    );
    expect(() => refuseForgottenStates(stacks, folder)).not.toThrow(/empty/);
  });

  test('is accepted when the backend is local', () => {
    expect(() => refuseForgottenStates([stack('products', { local: {} }, [managed])], folder)).not.toThrow();
  });
});

describe('Terraform', () => {
  test('gets path-style buckets for an emulator, and no TF_CLI_CONFIG_FILE with a missing file', () => {
    expect(terraformEnvironment({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', TF_CLI_CONFIG_FILE: '/none' })).toEqual({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_S3_USE_PATH_STYLE: 'true',
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      WRAPPED_TERRAFORM: 'terraform',
    });
    expect(terraformEnvironment({})).not.toHaveProperty('AWS_S3_USE_PATH_STYLE');
  });

  test.each<[string, string, boolean]>([
    [
      'no credentials',
      'Error: failed to refresh cached credentials, no EC2 IMDS role found,\noperation error ec2imds: GetMetadata',
      true,
    ],
    ['an expired token', 'ExpiredToken: The security token included in the request is expired', true],
    ['another fault', 'Error: Reference to undeclared resource', false],
  ])("reports %s with Terraform's text, and advice for credentials", async (_, text, hasAdvice) => {
    const command = path.join(folder, 'terraform');
    writeFileSync(command, `#!/bin/sh\nprintf '%s\\n' '${text}' >&2\nexit 1\n`, { mode: 0o755 });
    const { PATH } = process.env;
    process.env['PATH'] = `${folder}:${PATH}`;
    try {
      const advice = hasAdvice ? '\nTerraform found no valid AWS credentials. Check AWS_PROFILE, or sign in.' : '';
      await expect(terraform(folder, ['plan'])).rejects.toThrow(
        new Error(`terraform plan ended with status 1 in ${folder}.\n${text}${advice}`),
      );
    } finally {
      process.env['PATH'] = PATH;
      rmSync(command);
    }
  });

  test('is reported as missing when it is not on the PATH', async () => {
    const { PATH } = process.env;
    process.env['PATH'] = folder;
    await expect(terraform(folder, ['version'])).rejects.toThrow('There is no terraform on the PATH.');
    process.env['PATH'] = PATH;
  });
});
