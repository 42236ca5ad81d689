/** Moves the alias of functions to the planned versions, and says what comes next. */
import type { Move } from './plan-moves';
import type { Versions } from './versions';

/**
 * Moves all aliases, also after one could not be moved. Reads each alias again: a deployment can move it forward meanwhile.
 * @param print gets a line for each moved alias
 * @throws Error that lists the functions that were not moved, and how to continue
 */
export async function moveAll(
  stack: string,
  moves: readonly Move[],
  versions: Pick<Versions, 'moveLive' | 'live'>,
  print: (line: string) => void,
): Promise<void> {
  const moved: Move[] = [];
  const failed: { readonly move: Move; readonly reason: string }[] = [];
  for (const move of moves) {
    const { functionName, live } = move.target;
    try {
      await versions.moveLive(functionName, move.to, live);
      const { version } = await versions.live(functionName);
      if (version !== move.to) throw new MovedAgain(`a deployment has moved the alias to version ${version} since`);
      moved.push(move);
      print(`${functionName}: version ${move.to} is live now; it was version ${live.version}.`);
    } catch (error) {
      failed.push({ move, reason: reasonOf(error) });
    }
  }
  if (failed.length > 0) throw new Error(failureText(stack, moved, failed));
}

class MovedAgain extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof MovedAgain) return error.message;
  const { name, message } = error as Error;
  // Lambda's text names its own operations, which do not help here.
  return name === 'PreconditionFailedException' ? 'the alias has changed since it was read' : `${name}: ${message}`;
}

function failureText(
  stack: string,
  moved: readonly Move[],
  failed: readonly { readonly move: Move; readonly reason: string }[],
): string {
  const lines = failed.map(({ move, reason }) => `${move.target.functionName} was not moved to ${move.to}: ${reason}.`);
  const done = moved.map(({ target, to }) => `${target.functionName} to ${to}`).join(', ');
  const commands = failed.map(
    ({ move }) => `  npm run rollback -- ${stack} --function ${move.target.functionName} --to ${move.to}`,
  );
  return [...lines, ...(moved.length > 0 ? [`Moved: ${done}.`] : []), 'Continue with:', ...commands].join('\n');
}

/** Says what the next plan shows after the moves. */
export function nextPlanText(moves: readonly Move[], stack: string): string {
  const addresses = moves.map(({ target }) => target.address).join(', ');
  // With CodeDeploy, the plan has no change.
  const verb = moves.some(({ target }) => target.application !== undefined)
    ? 'names the older version'
    : 'shows a change';
  return (
    `The next plan ${verb} of ${addresses}: npm run deploy would move the alias to the newest version again. Revert the ` +
    `faulty change before the next deployment of ${stack}.`
  );
}
