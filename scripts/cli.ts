/** Runs a command: a fault is a message without a stack, and of a wrong option with where to look. */

/** @param name the npm script */
export function cli(name: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(`\n${text(name, error)}`);
    process.exit(1);
  });
}

function text(name: string, error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (!code?.startsWith('ERR_PARSE_ARGS')) return error.message;
  // Node.js goes on about arguments that start with a hyphen.
  const [fault] = error.message.split('. ');
  return `${fault}.\nnpm run ${name} -- --help shows the options.`;
}
