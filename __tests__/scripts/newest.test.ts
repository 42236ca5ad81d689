/** `npm run newest`: ranges, changed versions and the report. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { allowLatest, changedVersions } from '../../scripts/newest/packages';
import { reportOf } from '../../scripts/newest/report';

let root: string;

beforeEach(() => (root = mkdtempSync(path.join(os.tmpdir(), 'newest-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a project with one package and a lock file. @param versions the locked versions */
function project(name: string, versions: Readonly<Record<string, string>>): string {
  const folder = path.join(root, name);
  mkdirSync(path.join(folder, 'packages/tool'), { recursive: true });
  const manifest = {
    dependencies: { '@types/node': '^22.0.0', esbuild: '^0.28.2' },
    devDependencies: { jest: '^30.0.0' },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'packages/tool/package.json'), JSON.stringify({ dependencies: { zod: '^4.0.0' } }));
  const packages = Object.entries(versions).map(([key, version]) => [`node_modules/${key}`, { version }] as const);
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: Object.fromEntries(packages) }));
  return folder;
}

test('allows the newest version of each package, but not of the packages in FIXED', () => {
  const folder = project('a', {});
  allowLatest(folder);
  expect(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))).toEqual({
    dependencies: { '@types/node': '^22.0.0', esbuild: '*' },
    devDependencies: { jest: '*' },
  });
  expect(readFileSync(path.join(folder, 'packages/tool/package.json'), 'utf8')).toContain('"zod": "*"');
});

test('lists the changed versions of direct dependencies', () => {
  const before = project('before', { esbuild: '0.28.2', jest: '30.5.2', zod: '4.6.7', indirect: '1.0.0' });
  const after = project('after', { esbuild: '0.29.0', jest: '30.5.2', zod: '5.0.0', indirect: '2.0.0' });
  expect(changedVersions(before, after)).toEqual(['esbuild 0.28.2 -> 0.29.0', 'zod 4.6.7 -> 5.0.0']);
});

test('the report contains the last lines of a failed command, in a code block that the output cannot close', () => {
  const output = `${'line\n'.repeat(100)}\u001b[31merror\u001b[39m in \`\`\`\n@somebody\n`;
  const report = reportOf({ title: 'Node.js 24', changes: [], failures: [{ command: 'npm run build', output }] });
  expect(report).toMatch(
    /^## Node\.js 24\n\n`npm run build` fails:\n\n````text\n(line\n){38}error in ```\n@somebody\n````\n/,
  );
  expect(report).toContain('No version differs from the lock file.');
  const failed = reportOf({ title: 'Node.js 24', changes: undefined, failures: [{ command: 'npm install', output }] });
  expect(failed).not.toContain('lock file');
});
