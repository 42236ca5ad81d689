/** Runs the app of main.ts, and prints its errors. */
import { isUserError } from './user-errors';

/**
 * Runs the app. When the app fails, the process ends with status 1.
 * For wrong settings and contracts, and functions that do not build, prints only the message. app.cjs prints all other errors.
 */
export function runApp(app: () => Promise<void>): void {
  app().catch((error: unknown) => {
    if (!isUserError(error)) throw error;
    console.error(error.message);
    process.exit(1);
  });
}
