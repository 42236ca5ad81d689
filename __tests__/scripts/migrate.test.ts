/** `npm run migrate -- NAME --no-install`, run as a command in a copy of the project with a Git repository. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { JITI, ROOT } from '../support/local-run';
import { MIGRATIONS } from '../../scripts/migrate/migrations';
import { requireNode } from '../../scripts/migrate/require-node';
import { describeUnlessMigrated } from '../support/migrated';
import { copyProject, type ProjectCopy } from '../support/project-copy';

let project: ProjectCopy;

beforeAll(() => {
  project = copyProject('migrate-');
  // .gitignore matches the folder, not a link to it.
  rmSync(path.join(project.root, 'node_modules'));
  put('stacks/mixed.ts', MIXED);
  put('stacks/image.bin', BINARY);
  put('package-lock.json', '{ "name": "npx cdktf" }');
  git('init', '--quiet');
  commit();
  git('tag', 'start');
});

afterEach(() => {
  git('reset', '--quiet', '--hard', 'start');
  git('clean', '--quiet', '--force', '-d');
});

afterAll(() => rmSync(project.root, { recursive: true }));

const MIXED = `import { App } from 'cdktf';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
const { Testing } = require("cdktf/lib/testing");
jest.mock<object>('cdktf', () => require.resolve('cdktf/package.json'));
export const later = () => import(
  \`cdktf\`
);
export const kind = 'cdktf' as 'cdktf' | 'terraform';
// Run npx cdktf, or cdktf deploy, with cdktf.json and Node.js 20.19 or later. CDKTF 0.21, Node.js 20.19.4 and cdktf.out stay.
export const [address, price] = ['10.20.19.0/24', 20.19];
`;

const MIXED_AFTER = `import { App } from 'cdktn';
import type { IamRole } from '@cdktn/provider-aws/lib/iam-role';
const { Testing } = require("cdktn/lib/testing");
jest.mock<object>('cdktn', () => require.resolve('cdktn/package.json'));
export const later = () => import(
  \`cdktn\`
);
export const kind = 'cdktf' as 'cdktf' | 'terraform';
// Run npx cdktn, or cdktn deploy, with cdktf.json and Node.js 22.19 or later. CDKTF 0.21, Node.js 20.19.4 and cdktf.out stay.
export const [address, price] = ['10.20.19.0/24', 20.19];
`;

const IDENTITY = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];

/** Bytes that are no text in UTF-8, with a text that the migration replaces. */
const BINARY = Buffer.from('\xff\xfe npx cdktf \x80', 'latin1');

const put = (file: string, content: string | Buffer) => writeFileSync(path.join(project.root, file), content);

function git(...args: string[]): string {
  return spawnSync('git', [...IDENTITY, ...args], { cwd: project.root, encoding: 'utf8' }).stdout;
}

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'test');
}

function migrate(...args: string[]) {
  return spawnSync(process.execPath, [path.join(ROOT, JITI), 'scripts/migrate.ts', ...args], {
    cwd: project.root,
    encoding: 'utf8',
  });
}

const changed = () => git('status', '--porcelain').split('\n').filter(Boolean);
const packageJson = () =>
  JSON.parse(project.read('package.json')) as Record<
    'dependencies' | 'devDependencies' | 'engines',
    Record<string, string>
  >;

describeUnlessMigrated('npm run migrate', () => {
  test('cdktn replaces packages and imports, and says what it changed and how to go back', () => {
    const { status, stdout, stderr } = migrate('cdktn', '--no-install');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^This working copy now uses CDK Terrain 0\.24 with AWS provider 6\.66\.$/m);
    expect(stdout).toMatch(/^ {2}cdktf 0\.21\.0 -> cdktn 0\.24\.0$/m);
    expect(stdout).toMatch(/^ {2}imports: \d\d files$/m);
    expect(stdout).toMatch(/^To go back: git restore \. && npm ci --ignore-scripts$/m);

    const { dependencies, devDependencies, engines } = packageJson();
    expect(Object.keys({ ...dependencies, ...devDependencies }).filter((name) => /cdkt[fn]/.test(name))).toEqual([
      '@cdktn/provider-aws',
      'cdktn',
      'cdktn-cli',
    ]);
    expect(Object.keys(dependencies)).toEqual(Object.keys(dependencies).sort());
    expect(engines['node']).toBe('>=22.19');
    expect(project.read('stacks/mixed.ts')).toBe(MIXED_AFTER);
    expect(changed()).not.toContainEqual(expect.stringMatching(/image\.bin|package-lock/));
    expect(
      git(
        'grep',
        '--line-number',
        '-E',
        '(from|import|require).*[\'"](cdktf[\'"/]|@cdktf/)',
        '--',
        '*.ts',
        ':!scripts/migrate',
      ),
    ).toBe('');
    expect(JSON.parse(project.read('examples/orders/cdktf.json'))).toMatchObject({
      context: { excludeStackIdFromLogicalIds: 'true', targetVersions: { terraform: '>=1.10' } },
    });
  });

  test('provider-6 replaces the provider, and removes an argument that provider 6 does not have', () => {
    expect(project.read('constructs/api-gateway-log-role.ts')).toContain('resetOnDelete');
    expect(migrate('provider-6', '--no-install')).toMatchObject({ status: 0, stderr: '' });
    expect(packageJson().dependencies['@cdktf/provider-aws']).toBe('21.22.1');
    expect(project.read('constructs/api-gateway-log-role.ts')).not.toMatch(/resetOnDelete|Without this argument/);
    expect(changed()).toEqual([' M constructs/api-gateway-log-role.ts', ' M package.json']);
  });

  test('cdktn can follow provider-6; each migration refuses a migrated project', () => {
    migrate('provider-6', '--no-install');
    commit();
    expect(migrate('provider-6', '--no-install').stderr).toContain(
      'package.json already has the packages of this migration: @cdktf/provider-aws 21.22.1. Nothing was changed.',
    );
    expect(migrate('cdktn', '--no-install')).toMatchObject({ status: 0, stderr: '' });
    commit();
    expect(migrate('provider-6', '--no-install').stderr).toContain(
      'package.json does not have @cdktf/provider-aws, which this migration replaces. Nothing was changed.',
    );
    expect(migrate('cdktn', '--no-install')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        'package.json already has the packages of this migration: cdktn 0.24.0, cdktn-cli ',
      ),
    });
    expect(migrate('provider-6', '--no-install').stderr).toContain(
      'package.json does not have @cdktf/provider-aws, which this migration replaces. Nothing was changed. A project with',
    );
  });

  test('leaves out links and submodules', () => {
    symlinkSync('nothing', path.join(project.root, 'link.ts'));
    symlinkSync('stacks', path.join(project.root, 'folder.ts'));
    commit();
    expect(migrate('cdktn', '--no-install')).toMatchObject({ status: 0, stderr: '' });
  });

  test('accepts changes outside the project, in a larger repository', () => {
    const larger = mkdtempSync(path.join(os.tmpdir(), 'larger-'));
    try {
      cpSync(project.root, path.join(larger, 'api'), { recursive: true, filter: (file) => !file.endsWith('/.git') });
      const run = (...args: string[]) => spawnSync('git', [...IDENTITY, ...args], { cwd: larger, encoding: 'utf8' });
      run('init', '--quiet');
      run('add', '--all');
      run('commit', '--quiet', '--message', 'test');
      writeFileSync(path.join(larger, 'other.txt'), '');
      const args = [path.join(ROOT, JITI), 'scripts/migrate.ts', 'cdktn', '--no-install'];
      const options = { cwd: path.join(larger, 'api'), encoding: 'utf8' } as const;
      expect(spawnSync(process.execPath, args, options)).toMatchObject({ status: 0, stderr: '' });
      expect(run('status', '--porcelain').stdout).toMatch(/^ M api\/package\.json$/m);
    } finally {
      rmSync(larger, { recursive: true });
    }
  });

  test.each(['a changed file', 'a new file'])('refuses a working copy with %s, and changes nothing', (what) => {
    put(what === 'a new file' ? 'notes.txt' : 'main.ts', '// mine\n');
    const { status, stderr } = migrate('cdktn', '--no-install');
    expect(status).toBe(1);
    expect(stderr).toMatch(/uncommitted changes, for example in (notes\.txt|main\.ts)\. Commit or stash them/);
    expect(changed()).toHaveLength(1);
  });

  test('refuses a folder without a Git repository', () => {
    const [repository, elsewhere] = ['.git', '.git-elsewhere'].map((name) => path.join(project.root, name)) as [
      string,
      string,
    ];
    renameSync(repository, elsewhere);
    try {
      expect(migrate('cdktn', '--no-install').stderr).toMatch(/^git status failed: .*commit the project first\.$/m);
    } finally {
      renameSync(elsewhere, repository);
    }
  });

  test('refuses a package of CDKTF without a known successor', () => {
    const before = project.read('package.json');
    put('package.json', before.replace('"cdktf":', '"@cdktf/provider-random": "12.0.1",\n    "cdktf":'));
    commit();
    expect(migrate('cdktn', '--no-install').stderr).toContain(
      'package.json also has @cdktf/provider-random, for which this migration has no successor. Add the successor ',
    );
    expect(changed()).toEqual([]);
  });

  test.each([
    [['cdk'], /There is no migration cdk\. Pass one of these:\n\n {2}cdktn .*\n {2}provider-6 /],
    [[], /Pass the name of one migration\.\n\nChanges this working copy/],
    [['cdktn', 'provider-6'], /Pass the name of one migration, not cdktn provider-6\./],
    [['toString'], /There is no migration toString\./],
  ])('refuses the arguments %j', (args, message) => {
    expect(migrate(...args)).toMatchObject({ status: 1, stderr: expect.stringMatching(message) });
    expect(changed()).toEqual([]);
  });

  test('cdktn refuses a Node.js older than 22.19, and provider-6 a Node.js older than 20.19', () => {
    const { cdktn, 'provider-6': provider6 } = MIGRATIONS;
    if (!cdktn || !provider6) throw new Error('A migration has another name.');
    expect(() => requireNode(cdktn, '22.9.0')).toThrow(
      'CDK Terrain 0.24 with AWS provider 6.66 needs Node.js 22.19.0 or later, but this is Node.js 22.9.0. Install ',
    );
    expect(() => requireNode(cdktn, '22.19.0')).not.toThrow();
    expect(() => requireNode(provider6, '18.20.8')).toThrow('needs Node.js 20.19.0 or later');
    expect(() => requireNode(provider6, '100.0.0')).not.toThrow();
  });

  test('--help lists the migrations', () => {
    expect(migrate('--help').stdout).toMatch(/^ {2}cdktn {8}CDK Terrain .* \(Node\.js 22\.19\.0 or later\)$/m);
  });
});
