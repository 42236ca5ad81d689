/**
 * Finds functions whose alias is not at their newest version, for example after `npm run rollback`. No `check` block of Terraform finds
 * them: the plans of pull requests refuse conditions (check-template.ts), because failed ones can print secrets, and the condition is
 * unknown in each plan that publishes a version.
 */
import { plannedGroupsOf } from '../canary/planned-shifts';
import { alert, escapeMarkdown } from '../markdown';
import { attributes, isUnknown, type PlanJson, readPlanJson, resourcesOf } from '../terraform/plan-json';
import type { StackPlan } from '../terraform/plans';
import { functionNameOf, LIVE_ALIAS } from './live-functions';

export interface RolledBackFunction {
  readonly stack: string;
  readonly functionName: string;
  /** The version that APIs invoke before the apply. */
  readonly live: string;
  readonly newest: string;
  /**
   * What happens to the alias: nothing, a move to `newest` or to a version that the plan publishes, or a move with CodeDeploy after the
   * apply, which the plan does not show.
   */
  readonly next: 'stays' | 'newest' | 'published' | 'canary';
}

/** Maximum number of listed functions, and maximum characters for each: plan-summary limits the text before the plans. */
const MAX_FUNCTIONS = 5;
const MAX_LENGTH = 400;

/** Starts the line with all moves that no plan shows. It is no line of a list, so text-before-plans.ts never removes it. */
const MOVES = '> npm run deploy moves live with CodeDeploy, which no plan shows. Versions, live and newest: ';

export function rolledBackFunctions(plans: readonly StackPlan[]): RolledBackFunction[] {
  return plans.flatMap(({ stack, json }) => rolledBackFunctionsOf(stack, readPlanJson(json)));
}

export function rolledBackFunctionsOf(stack: string, plan: PlanJson): RolledBackFunction[] {
  const newestVersions = new Map(
    resourcesOf(plan, 'aws_lambda_function').map(({ change }) => {
      const { function_name: name, version } = attributes(change.before);
      return [name, version];
    }),
  );
  const canaries = new Set(plannedGroupsOf(stack, plan).map(({ functionName }) => functionName));
  return resourcesOf(plan, 'aws_lambda_alias').flatMap(({ change }): RolledBackFunction[] => {
    const { name, function_name: target, function_version: live } = attributes(change.before);
    if (name !== LIVE_ALIAS || typeof target !== 'string' || typeof live !== 'string') return [];
    // The plan removes the function.
    if (change.after === null) return [];
    const functionName = functionNameOf(target);
    const newest = newestVersions.get(functionName);
    if (typeof newest !== 'string' || newest === live) return [];
    const after = attributes(change.after)['function_version'];
    const published = isUnknown(attributes(change.after_unknown)['function_version']);
    const stays = canaries.has(functionName) ? 'canary' : 'stays';
    const next = published ? 'published' : after === live ? stays : 'newest';
    return [{ stack, functionName, live, newest, next }];
  });
}

/** Whether a deployment moves an alias although no plan shows it, so that it needs an approval. */
export function movesWithoutPlan(functions: readonly RolledBackFunction[]): boolean {
  return functions.some(({ next }) => next === 'canary');
}

/**
 * Refuses to move aliases on that the reviewed text does not announce: somebody ran `npm run rollback` after the review. The text may
 * announce more, which an interrupted deployment has moved already.
 * @param first the text before the reviewed plans
 * @throws Error that names the functions
 */
export function refuseUnannouncedMoves(functions: readonly RolledBackFunction[], first: string): void {
  const lines = first.split('\n').filter((line) => line.startsWith(MOVES));
  const announced = lines.flatMap((line) => line.slice(MOVES.length, -1).split(', '));
  const moving = functions.filter((found) => found.next === 'canary' && !announced.includes(moveText(found)));
  if (moving.length === 0) return;
  const names = moving.map(({ functionName, live }) => `${functionName} (version ${live})`).join(', ');
  throw new Error(
    `Nothing was deployed: the reviewed text does not say that this deployment moves live of ${names} to a newer version. Somebody ` +
      'moved it back after the review, or an earlier deployment did not end. Review a new plan.',
  );
}

/** Makes the lines for a terminal. @returns '' without functions */
export function rolledBackText(functions: readonly RolledBackFunction[]): string {
  return functions.map((found) => `${describe(found)}\n`).join('');
}

/** Makes the Markdown for the start of a summary. @returns '' without functions */
export function rolledBackMarkdown(functions: readonly RolledBackFunction[]): string {
  if (functions.length === 0) return '';
  const more = functions.length - MAX_FUNCTIONS;
  const list = alert('WARNING', 'APIs invoke an older version of their function:', [
    ...functions.slice(0, MAX_FUNCTIONS).map((found) => describe(found).slice(0, MAX_LENGTH)),
    ...(more > 0 ? [`${more} more; npm run plan lists them.`] : []),
  ]);
  const moves = functions.filter(({ next }) => next === 'canary').map(moveText);
  return moves.length === 0 ? list : `${list}>\n${MOVES}${moves.join(', ')}.\n`;
}

/** @example 'orders-function 6 and 7' */
function moveText({ functionName, live, newest }: RolledBackFunction): string {
  return escapeMarkdown(`${functionName} ${live} and ${newest}`);
}

function describe({ stack, functionName, live, newest, next }: RolledBackFunction): string {
  const effect = {
    stays: 'This plan leaves it there.',
    canary: 'npm run deploy moves it on with CodeDeploy: deploy only if the newest version has no fault.',
    newest: `This plan moves it to version ${newest}: deploy it only if that version has no fault.`,
    published: 'This plan moves it to a version that it publishes: deploy it only if the fault is fixed.',
  }[next];
  return (
    `${stack}: live of ${functionName} is at version ${live}, and the newest version is ${newest}. Causes: npm run rollback, an alarm ` +
    `that stopped a CodeDeploy deployment, or a deployment that was interrupted. ${effect}`
  );
}
