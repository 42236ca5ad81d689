/** Shared by both commands: reads the plans, changes to the caller's folder, and reports errors. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { spellOut } from '../escape';
import type { Plan } from '../model/plan';
import { PlanError } from '../plan-error';
import { MAKE_PLAN_HINT } from '../read/check-plan';
import { readPlan } from '../read/read-plan';

/**
 * Reads all plans that the arguments name.
 * @throws PlanError that reports the problems of all arguments together
 */
export function readPlans(planArguments: readonly string[]): Plan[] {
  if (planArguments.length === 0) {
    throw new PlanError('No plan was passed. Pass at least one file, [NAME=]plan.json; --help shows how.');
  }
  const problems: string[] = [];
  const missing: string[] = [];
  const plans: Plan[] = [];
  const files = new Map<string, string>();
  for (const argument of planArguments) {
    const [, name, file = argument] = /^([A-Za-z0-9][\w.-]*)=(.+)$/.exec(argument) ?? [];
    if (!existsSync(file)) {
      missing.push(file);
      continue;
    }
    if (statSync(file).isDirectory()) {
      problems.push(`${file}: is a folder. Pass the plan.json in it.`);
      continue;
    }
    try {
      const plan = readPlan(file, name);
      const firstFile = files.get(plan.name);
      if (firstFile === undefined) {
        plans.push(plan);
        files.set(plan.name, file);
      } else {
        problems.push(
          path.resolve(file) === path.resolve(firstFile)
            ? `${file}: is passed twice. Pass it once.`
            : `${file}: is a second plan of the stack ${plan.name}, after ${firstFile}. To compare it as another stack, pass NAME=${file}`,
        );
      }
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      problems.push(error.message);
    }
  }
  if (missing.length > 0) problems.push(missingText(missing));
  if (problems.length > 0) throw new PlanError(problems.join('\n'));
  return plans;
}

/** Lists missing files. A shell passes a pattern such as `*.json` unchanged when no file matches it. */
function missingText(files: readonly string[]): string {
  const texts = files.map(
    (file) =>
      `${file}: cannot be read: ${/[*?[]/.test(file) ? 'no file matches this pattern' : 'the file does not exist'}.`,
  );
  const rule = 'A NAME before "=" starts with a letter or digit, and contains only letters, digits, "_", "." and "-".';
  const hasName = files.some((file) => file.includes('='));
  const origin = files.every((file) => path.isAbsolute(file)) ? [] : [`Paths are relative to ${process.cwd()}.`];
  return [...texts, ...(hasName ? [rule] : []), ...origin, MAKE_PLAN_HINT].join('\n');
}

/**
 * Reads all inputs of a command.
 * @throws PlanError that reports the problems of all inputs together
 */
export function readTogether<T extends Readonly<Record<string, () => unknown>>>(
  readers: T,
): { readonly [Name in keyof T]: ReturnType<T[Name]> } {
  const problems: string[] = [];
  const values = Object.entries(readers).map(([name, read]): [string, unknown] => {
    try {
      return [name, read()];
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      problems.push(error.message);
      return [name, undefined];
    }
  });
  if (problems.length > 0) throw new PlanError(problems.join('\n'));
  return Object.fromEntries(values) as { readonly [Name in keyof T]: ReturnType<T[Name]> };
}

/** Runs a command. For an error in the input, prints the message without a stack trace and exits with status 1. */
export function runCommand(main: () => void): void {
  // Standard output reports an error when the reader of its pipe has ended, as in `| head`.
  process.stdout.on('error', () => process.exit(1));
  process.chdir(callerFolder());
  try {
    main();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isUsageError = code?.startsWith('ERR_PARSE_ARGS') ?? false;
    if (!isUsageError && !(error instanceof PlanError)) throw error;
    const lines = (isUsageError ? usageText(message) : message).split('\n');
    // A message can contain names of files and plans.
    console.error(lines.map(spellOut).join('\n'));
    process.exitCode = 1;
  }
}

/** The first sentence names the option; Node.js adds advice about arguments that start with a hyphen. */
function usageText(message: string): string {
  const [fault = ''] = message.split('. ');
  return `${fault.replace(/\.?$/, '.')}\n--help shows the options.`;
}

/** npm and npx start a command in the folder of the nearest package.json. INIT_CWD is the folder that the user is in. */
function callerFolder(): string {
  const folder = process.env['INIT_CWD'];
  // Ignores a folder outside of this one: it can come from an unrelated npm command that started this process indirectly.
  return folder?.startsWith(process.cwd() + path.sep) ? folder : process.cwd();
}
