/** Says in a summary which aliases CodeDeploy moves after the apply. The plan itself does not show it. */
import { shiftOf } from '../../stacks/canary-configs';
import { alert } from '../markdown';
import type { CanaryGroup, PlannedShift } from './planned-shifts';

/** Maximum number of listed functions, and maximum characters for each: plan-summary limits the text before the plans. */
const MAX_SHIFTS = 10;
const MAX_LENGTH = 300;

/** Makes the lines for a terminal. @returns '' without functions */
export function shiftsText(shifts: readonly PlannedShift[]): string {
  return shifts.map((shift) => `${describe(shift)}\n`).join('');
}

/** Makes the Markdown for the start of a summary. @returns '' without functions */
export function shiftsMarkdown(shifts: readonly PlannedShift[]): string {
  if (shifts.length === 0) return '';
  const more = shifts.length - MAX_SHIFTS;
  return alert('NOTE', 'npm run deploy moves functions with CodeDeploy after the apply:', [
    ...shifts.slice(0, MAX_SHIFTS).map((shift) => describe(shift).slice(0, MAX_LENGTH)),
    ...(more > 0 ? [`${more} more; npm run plan lists them.`] : []),
  ]);
}

/** Says how the requests go to the new version. @example '10 % of the requests for 5 minutes, then all' */
export function stepsText({ config }: CanaryGroup): string {
  return shiftOf(config)?.text ?? `as ${config} says`;
}

function describe(shift: PlannedShift): string {
  const { stack, functionName, live } = shift;
  return (
    `${stack}: after the apply, CodeDeploy moves live of ${functionName} from version ${live} to the new version: ${stepsText(shift)}. ` +
    'If an alarm starts, CodeDeploy moves it back.'
  );
}
