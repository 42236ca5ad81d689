/** Tests that need Terraform. */
import { spawnSync } from 'node:child_process';

/**
 * `describe`, but without Terraform on the PATH it skips the tests and prints the reason. With REQUIRE_TERRAFORM=1 they fail instead.
 */
export function describeWithTerraform(name: string, tests: () => void): void {
  const { error } = spawnSync('terraform', ['version'], { encoding: 'utf8' });
  if (error === undefined || process.env['REQUIRE_TERRAFORM'] === '1') {
    describe(name, tests);
    return;
  }
  const reason = 'there is no terraform on the PATH';
  process.stderr.write(`Skipped: ${name}, because ${reason}.\n`);
  describe.skip(`${name} (${reason})`, tests);
}
