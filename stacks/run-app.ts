/** Runs the app of main.ts, and ends it with a plain message when a user can mend the fault. */
import { SettingsError } from './settings';

/**
 * Ends the process with status 1 when the app fails.
 * Prints only the message of a wrong setting or of a function that does not build; app.cjs prints other errors.
 */
export function runApp(app: () => Promise<void>): void {
  app().catch((error: unknown) => {
    if (!isForUser(error)) throw error;
    console.error(error.message);
    process.exit(1);
  });
}

/** The message has the place of the fault, the stack has not. */
function isForUser(error: unknown): error is Error {
  return error instanceof SettingsError || (error instanceof Error && 'errors' in error);
}
