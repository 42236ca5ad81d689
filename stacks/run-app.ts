/** Runs the app of main.ts, and ends it with a plain message when a user can mend the fault. */
import { SettingsError } from './settings';

/** Prints an error on stderr, and ends the process with status 1. */
export function runApp(app: () => Promise<void>): void {
  app().catch((error: unknown) => {
    console.error(isForUser(error) ? error.message : error);
    process.exit(1);
  });
}

/** A wrong setting, or a function that does not build: the message has the place of the fault, the stack has not. */
function isForUser(error: unknown): error is Error {
  return error instanceof SettingsError || (error instanceof Error && 'errors' in error);
}
