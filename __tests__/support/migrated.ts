/** Whether `npm run migrate` changed this project. Then the tests of the migrations have nothing to migrate. */
import { dependencies } from '../../package.json';
import { MIGRATIONS } from '../../scripts/migrate/migrations';

const provider = (dependencies as Readonly<Record<string, string>>)['@cdktf/provider-aws'];

export const MIGRATED =
  provider === undefined || provider === MIGRATIONS['provider-6']?.packages['@cdktf/provider-aws']?.version;

/** `describe`, but in a migrated project it skips the tests and prints the reason. */
export function describeUnlessMigrated(name: string, tests: () => void): void {
  if (!MIGRATED) {
    describe(name, tests);
    return;
  }
  const reason = 'npm run migrate has already changed this project';
  process.stderr.write(`Skipped: ${name}, because ${reason}.\n`);
  describe.skip(`${name} (${reason})`, tests);
}
