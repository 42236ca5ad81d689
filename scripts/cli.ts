/** Runs the main function of an npm script, and asks questions on the terminal. */
import { createInterface } from 'node:readline/promises';

/**
 * Runs `main`. When it fails, prints the error's message without the stack, and ends the process with status 1, also for wrong
 * arguments. Status 2 means a difference that `npm run iam`, `npm run plan -- --exit-code` or `npm run breaking -- --exit-code` found:
 * drift.yml relies on it.
 * @param name name of the npm script, for the advice to use `--help`
 */
export function cli(name: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(`\n${errorText(name, error)}`);
    process.exit(1);
  });
}

function errorText(name: string, error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (!code?.startsWith('ERR_PARSE_ARGS')) return error.message;
  // The first sentence names the option; Node.js adds advice about arguments that start with a hyphen.
  const [fault = ''] = error.message.split('. ');
  return `${fault.replace(/\.?$/, '.')}\nnpm run ${name} -- --help shows the options.`;
}

/** @param message the error for a process without a terminal, which cannot ask @throws Error with the message */
export function requireTerminal(message: string): void {
  if (!process.stdin.isTTY) throw new Error(message);
}

/** Asks on the terminal. @returns undefined when there is no terminal */
export async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return answer.trim();
}
