/** Runs the app of main.ts. For an error that the user can correct, prints only the message. */
import { SettingsError } from './settings';

/**
 * Runs the app. When the app fails, the process ends with status 1.
 * For a wrong setting, or a function that does not build, prints only the message. app.cjs prints all other errors.
 */
export function runApp(app: () => Promise<void>): void {
  app().catch((error: unknown) => {
    if (!isUserError(error)) throw error;
    console.error(error.message);
    process.exit(1);
  });
}

/** Whether the message alone shows what to correct: a SettingsError, or esbuild's BuildFailure. */
function isUserError(error: unknown): error is Error {
  return error instanceof SettingsError || isBuildFailure(error);
}

/** esbuild does not export a class of its BuildFailure. AggregateError has `errors` too, but no `warnings`. */
function isBuildFailure(error: unknown): boolean {
  return error instanceof Error && 'errors' in error && 'warnings' in error;
}
