/**
 * `npm run check:security`: checks the plans of all stacks, with the settings of the profile `production`, with checkov. If Python, PyPI
 * or Terraform is missing, prints the reason and skips the check; with REQUIRE_CHECKOV=1, this counts as a failure.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cli } from './cli';
import { ROOT } from './project';
import { installPython, PythonError } from './python/venv';
import { withAccount } from './terraform/account';
import { securityApps } from './security/apps';
import { runCheckov } from './security/checkov';
import { EXCEPTIONS } from './security/exceptions';
import { planOffline, type PlannedStack } from './security/plans';
import { judge } from './security/verdict';
import { synth, type SynthesizedStack } from './terraform/synth';
import { terraform, TerraformError } from './terraform/terraform';

const REQUIREMENTS = 'scripts/security/requirements.txt';

/** Errors that say that Terraform or its provider is not available. */
const UNAVAILABLE = /no terraform on the PATH|Failed to (query available|install) provider/;

const ADVICE =
  'Mend the construct of a failed check, or write its reason in scripts/security/exceptions.ts. Delete reasons without a failed check there.';

async function main(): Promise<void> {
  // No setting of this shell, and no credentials.
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  const workspace = mkdtempSync(path.join(os.tmpdir(), 'check-security-'));
  try {
    // Fails at once without Terraform, before the installation.
    await terraform(ROOT, ['version']);
    const python = await installPython(REQUIREMENTS, () => console.log('Installing checkov (once)'));
    const plans = await planStacks(workspace);
    const results = await runCheckov(path.join(python, 'bin/checkov'), plans);
    const { summary, faults } = judge(
      plans.map(({ stack }) => stack),
      results,
      EXCEPTIONS,
    );
    console.log(summary.join('\n'));
    if (faults.length > 0) throw new Error(`${faults.join('\n')}\n${ADVICE}`);
  } catch (error) {
    if (!isUnavailable(error) || process.env['REQUIRE_CHECKOV'] === '1') throw error;
    console.error(`Skipped checkov: ${error.message}`);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

async function planStacks(workspace: string): Promise<PlannedStack[]> {
  const stacks: SynthesizedStack[] = [];
  for (const [index, { root, environment, stacks: names }] of securityApps().entries()) {
    const own = await synth({ root, environment, out: path.join(workspace, String(index)) });
    const chosen = names ? own.map(({ name, folder }) => ({ name: names[name] ?? '', folder })) : own;
    // Each app has the stack `operations`; the first one is enough.
    stacks.push(...chosen.filter(({ name }) => name !== '' && !stacks.some((other) => other.name === name)));
  }
  return withAccount((sts) => planOffline(stacks, workspace, sts));
}

function isUnavailable(error: unknown): error is Error {
  return error instanceof PythonError || (error instanceof TerraformError && UNAVAILABLE.test(error.message));
}

cli('check:security', main);
