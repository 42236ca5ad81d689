/** Tests that need Terraform. */
import { spawnSync } from 'node:child_process';

/** The program that the tests run: TERRAFORM_BINARY_NAME chooses it for the local run too. */
export const TERRAFORM = process.env['TERRAFORM_BINARY_NAME'] ?? 'terraform';

/**
 * `describe`, but without Terraform on the PATH it skips the tests and prints the reason. With REQUIRE_TERRAFORM=1 they fail instead.
 */
export function describeWithTerraform(name: string, tests: () => void): void {
  const { error } = spawnSync(TERRAFORM, ['version'], { encoding: 'utf8' });
  if (error === undefined || process.env['REQUIRE_TERRAFORM'] === '1') {
    describe(name, tests);
    return;
  }
  const reason = 'there is no terraform on the PATH';
  process.stderr.write(`Skipped: ${name}, because ${reason}.\n`);
  describe.skip(`${name} (${reason})`, tests);
}
