/** The folder of a suite. Suites run side by side, each with its own states and outputs. */
import path from 'node:path';

/** The project, which no suite changes. */
export const PROJECT = path.join(__dirname, '../../..');

/** `.e2e/deploy` for the suite in deploy.test.ts. */
export function suiteFolder(): string {
  const { testPath = 'suite' } = expect.getState();
  return path.join(PROJECT, '.e2e', path.basename(testPath, '.test.ts'));
}
