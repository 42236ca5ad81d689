/** The command `lean-dynamodb`, with the subcommands `check`, `changes` and `accept`. */
import { acceptChanges } from './accept';
import { sdkChanges, withNpmPackages } from './changes';
import { changedReplacements, fallbackMessage, findSdk } from './installed-sdk';
import { replacements } from './replacements';

const HELP = `Checks whether the lean DynamoDB client still fits the installed AWS SDK.

  lean-dynamodb check    ends with status 1 when a replaced file of the SDK has changed
  lean-dynamodb changes  shows a diff of each replaced file that has changed
  lean-dynamodb accept   adds the content of these files to src/replacements.ts, so that the plugin replaces them.
                         Read the diff first, and run the tests of the package afterwards

Run it in a folder from which Node.js can import the AWS SDK.
\`changes\` needs git, tar and npm's registry: it downloads the earlier version of a changed package.
`;

/** @returns the exit status */
export function main([command]: readonly string[], folder = process.cwd()): number {
  const sdk = findSdk(folder);
  const changed = changedReplacements(sdk);
  switch (command) {
    case 'check':
      if (changed.length === 0) console.log(`lean-dynamodb: all ${replacements.length} replaced files are unchanged.`);
      else console.error(fallbackMessage(sdk, changed));
      return changed.length === 0 ? 0 : 1;
    case 'changes':
      process.stdout.write(withNpmPackages((fetchPackage) => sdkChanges(sdk, fetchPackage)));
      return 0;
    case 'accept':
      process.stdout.write(acceptChanges(sdk));
      return 0;
    default:
      process.stdout.write(HELP);
      return command === undefined || command === '--help' ? 0 : 1;
  }
}
