/** Runs the app of main.ts, and prints its errors. */
import { BundleError } from '../constructs/bundle';
import { ContractError } from '../constructs/contract-check/contract-error';
import { SettingsError } from './settings';

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

/** Whether the message names the place of the error: the setting, the contract's keyword, or the function's file and line. */
function isUserError(error: unknown): error is Error {
  return [SettingsError, ContractError, BundleError].some((kind) => error instanceof kind);
}
