/** The arguments that the scripts about plans share: `[NAME=]plan.json...`, and a commit. */
import { readFileSync } from 'node:fs';
import type { Plan } from './model';
import { readPlan } from './read';
import { PlanError } from './value';

/**
 * Reads all plans that are named.
 * @throws PlanError with all faults at once
 */
export function readPlans(named: readonly string[]): Plan[] {
  if (named.length === 0)
    throw new PlanError('No plan is named: give one file or more, [NAME=]plan.json. --help shows how.');
  const faults: string[] = [];
  const plans: Plan[] = [];
  const files = new Map<string, string>();
  for (const argument of named) {
    const [, name, file = argument] = /^([A-Za-z0-9][\w.-]*)=(.+)$/.exec(argument) ?? [];
    try {
      const plan = readPlan(file, name);
      const other = files.get(plan.name);
      if (other === undefined) plans.push(plan);
      else faults.push(`${file}: is a second plan of the stack ${plan.name}, beside ${other}. Name them: NAME=${file}`);
      files.set(plan.name, file);
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      faults.push(error.message);
    }
  }
  if (faults.length > 0) throw new PlanError(faults.join('\n'));
  return plans;
}

/** @throws PlanError for what is not a whole commit id */
export function commitOf(value: string | undefined): string | undefined {
  if (value === undefined || /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value;
  throw new PlanError(
    `--commit: saw ${JSON.stringify(value)}; allowed is a whole commit id, as git rev-parse HEAD prints it.`,
  );
}

/** Runs a script; a fault of its input ends it with status 1 and the message alone. */
export function run(main: () => void): void {
  // Who reads no further (`| head`) has seen enough.
  process.stdout.on('error', () => process.exit(1));
  try {
    main();
  } catch (error) {
    const usage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ?? false;
    if (!usage && !(error instanceof PlanError)) throw error;
    console.error((error as Error).message + (usage ? '\n--help shows the options.' : ''));
    process.exitCode = 1;
  }
}

/** The summary that was reviewed. @throws PlanError when it cannot be read */
export function readSummary(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlanError(`--reviewed: ${file} cannot be read (${(error as Error).message}).`);
  }
}
