/** `--only`: chooses the stacks that a run serves. */
import { DeploymentError } from '../model/deployment-error';
import type { Stack } from '../source/stack';

/**
 * @param names the names of the stacks. Empty: all stacks
 * @throws DeploymentError when the project has no stack with a name in the list
 */
export function selectStacks(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  if (names.length === 0) return stacks;
  const known = stacks.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new DeploymentError(
      `--only ${unknown.join(', ')}: the project has no such stack with an API. Pass names of its stacks: ${known.join(', ')}.`,
    );
  }
  return stacks.filter(({ name }) => names.includes(name));
}
