/** Finds states of stacks that the app no longer has. Their resources still exist, and no plan of the other stacks shows them. */
import { OPERATIONS_STACK, stateKey } from '../../stacks/names';
import type { Settings } from '../../stacks/settings';
import { alert } from '../markdown';
import type { StateObjects } from './state-objects';
import { EncryptedStateError, parseState } from './state-text';

/** A removed stack whose state still has resources. */
export interface LeftoverState {
  readonly stack: string;
  /** Key of the state in the bucket. */
  readonly key: string;
  /** The number of managed resources; undefined when the object is not a state. */
  readonly resources: number | undefined;
}

/** Stands for the name of the stack in a key from `stateKey`. No real stack can have this name. */
const PLACEHOLDER = '*';

/** Maximum number of listed stacks, and maximum characters for each: plan-summary limits the text before the plans. */
const MAX_LISTED = 10;
const MAX_LENGTH = 400;

/**
 * Lists the states of the environment that belong to no stack of the app. Leaves out empty states, which destroyed stacks leave
 * behind.
 * @param stacks the names of all stacks of the app
 */
export async function findLeftoverStates(
  objects: Pick<StateObjects, 'keys' | 'read'>,
  settings: Settings,
  stacks: readonly string[],
): Promise<LeftoverState[]> {
  const [folder = '', file = ''] = stateKey(settings, PLACEHOLDER).split(PLACEHOLDER);
  const leftover: LeftoverState[] = [];
  for (const key of await objects.keys(folder)) {
    if (!key.endsWith(file)) continue;
    const stack = key.slice(folder.length, -file.length);
    if (stacks.includes(stack)) continue;
    const resources = countManaged(await objects.read(key), key);
    if (resources !== 0) leftover.push({ stack, key, resources });
  }
  return leftover;
}

/** Counts the managed resources of a state. @returns undefined for a text that is not a state @throws EncryptedStateError */
function countManaged(text: string | undefined, key: string): number | undefined {
  // The object was deleted after it was listed.
  if (text === undefined) return 0;
  try {
    const { resources = [] } = parseState(text, key) as { resources?: { mode: string }[] };
    return resources.filter(({ mode }) => mode === 'managed').length;
  } catch (error) {
    if (error instanceof EncryptedStateError) throw error;
    return undefined;
  }
}

/** Makes the lines for a terminal. @returns '' without leftover states */
export function leftoverText(states: readonly LeftoverState[]): string {
  return states.map((state) => `${describe(state)}\n${remedy(state)}\n`).join('');
}

/** Makes the Markdown for the start of a summary. @returns '' without leftover states */
export function leftoverMarkdown(states: readonly LeftoverState[]): string {
  if (states.length === 0) return '';
  const more = states.length - MAX_LISTED;
  return alert('WARNING', 'Removed stacks still have resources:', [
    ...states.slice(0, MAX_LISTED).map((state) => `${describe(state)} ${remedy(state)}`.slice(0, MAX_LENGTH)),
    ...(more > 0 ? [`${more} more; npm run plan lists them.`] : []),
  ]);
}

function describe({ stack, key, resources }: LeftoverState): string {
  const content =
    resources === undefined ? 'an object that is not a Terraform state' : `a state with ${count(resources)}`;
  return `The app has no stack ${stack}, but the bucket has ${content}: ${key}.`;
}

function count(resources: number): string {
  return resources === 1 ? 'one resource' : `${resources} resources`;
}

function remedy({ stack, key }: LeftoverState): string {
  const missing = stack === OPERATIONS_STACK ? 'set alarmEmail or monthlyBudgetUsd' : 'add the API to main.ts';
  return (
    `To remove the resources, ${missing} again, and run npm run destroy -- ${stack}. ` +
    `If the resources no longer exist, delete the object ${key}.`
  );
}
