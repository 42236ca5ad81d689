/** `lean-dynamodb check` and `lean-dynamodb changes`. */
import { sdkChanges, withNpmPackages } from './changes';
import { changedReplacements, fallbackMessage, findSdk } from './installed-sdk';
import { replacements } from './replacements';

const HELP = `Compares the installed AWS SDK with the one that the lean DynamoDB client was written for.

  lean-dynamodb check    ends with status 1 when a replaced file of the SDK has changed
  lean-dynamodb changes  shows how the replaced files have changed, as a diff

Run it in a folder from which the AWS SDK can be imported.
\`changes\` needs git, tar and npm's registry, from which it downloads the earlier version of a changed package.
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
      process.stdout.write(withNpmPackages((fetch) => sdkChanges(sdk, fetch)));
      return 0;
    default:
      process.stdout.write(HELP);
      return command === undefined || command === '--help' ? 0 : 1;
  }
}
