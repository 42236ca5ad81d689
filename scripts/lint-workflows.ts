/** `npm run check:workflows`: checks the GitHub workflows with zizmor and with the rules of this project. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './project';
import { installPython, PythonError } from './python/venv';
import { checkAction, checkWorkflow, type Problem } from './workflows/rules';

const WORKFLOWS = '.github/workflows';
const ACTIONS = '.github/actions';
const REQUIREMENTS = '.github/requirements.txt';

function yamlFiles(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => path.posix.join(folder, name))
    .sort();
}

/** Prints the problems of files. @returns their number */
function report(files: readonly string[], check: (text: string) => readonly Problem[]): number {
  const problems = files.flatMap((file) =>
    check(readFileSync(path.join(ROOT, file), 'utf8')).map(({ line, message }) => `${file}:${line}: ${message}`),
  );
  for (const problem of problems) console.error(problem);
  return problems.length;
}

/**
 * Runs zizmor (https://docs.zizmor.sh) without the network. If Python or PyPI is missing, prints the reason and skips zizmor; with
 * REQUIRE_ZIZMOR=1, this counts as a failure.
 * @returns whether the check passed: zizmor found nothing of medium or high severity, or was skipped
 */
async function runZizmor(): Promise<boolean> {
  try {
    const folder = await installPython(REQUIREMENTS, (packages) => console.log(`Installing ${packages} (once)`));
    const args = ['--offline', '--no-progress', '--min-severity', 'medium', '.github'];
    const { status, error } = spawnSync(path.join(folder, 'bin/zizmor'), args, { cwd: ROOT, stdio: 'inherit' });
    if (error) throw error;
    return status === 0;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    console.error(`Skipped zizmor: ${error.message}`);
    return process.env['REQUIRE_ZIZMOR'] !== '1';
  }
}

async function main(): Promise<void> {
  const workflows = yamlFiles(WORKFLOWS);
  const problems = report(workflows, checkWorkflow) + report(yamlFiles(ACTIONS), checkAction);
  console.log(`${workflows.length} workflows, ${problems === 0 ? 'no' : problems} problems.`);
  if (!(await runZizmor()) || problems > 0) process.exitCode = 1;
}

void main();
