/** Virtual environments of Python, created with the real python3. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../../scripts/project';

const folder = mkdtempSync(path.join(os.tmpdir(), 'venv-test-'));
const requirements = path.join(folder, 'requirements.txt');
// Without packages, nothing is downloaded. The comment makes the file differ from those of other runs.
writeFileSync(requirements, `# ${randomUUID()}\n`);

const script = path.join(folder, 'install.ts');
writeFileSync(
  script,
  `import { installPython } from ${JSON.stringify(path.join(ROOT, 'scripts/python/venv'))};
void installPython(${JSON.stringify(path.relative(ROOT, requirements))}, () => console.error('installing')).then(console.log);`,
);

async function install(): Promise<{ readonly venv: string; readonly installs: boolean }> {
  const { stdout, stderr } = await promisify(execFile)(path.join(ROOT, 'node_modules/.bin/jiti'), [script]);
  return { venv: stdout.trim(), installs: stderr.includes('installing') };
}

const hasPython = spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0;
if (!hasPython)
  process.stderr.write('Skipped: the test of virtual environments, because python3 with venv is missing.\n');

(hasPython ? test : test.skip)('two processes can install the same packages at the same time', async () => {
  const installed = await Promise.all([install(), install()]);
  const later = await install();
  try {
    for (const { venv } of installed) execFileSync(path.join(venv, 'bin/python'), ['-m', 'pip', '--version']);
    expect(installed.map(({ venv }) => venv)).toContain(later.venv);
    expect(later.installs).toBe(false);
  } finally {
    for (const { venv } of installed) rmSync(venv, { recursive: true, force: true });
    rmSync(later.venv.replace(/-\d+$/, '.txt'));
    rmSync(folder, { recursive: true });
  }
});
