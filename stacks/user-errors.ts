/** Errors whose message names what the user must change: the setting, the contract's keyword, or the function's file and line. */
import { BundleError } from '../constructs/bundle';
import { ContractError } from '../constructs/contract-check/contract-error';
import { SettingsError } from './settings';

/** Reports several user errors together. */
class UserErrors extends Error {
  override readonly name = 'UserErrors';

  constructor(readonly errors: readonly Error[]) {
    super(errors.map(({ message }) => message).join('\n'));
  }
}

export function isUserError(error: unknown): error is Error {
  return [SettingsError, ContractError, BundleError, UserErrors].some((kind) => error instanceof kind);
}

/**
 * Runs checks that do not depend on each other, and reports the user errors of all of them together.
 * @returns the result of the first check
 * @throws the only user error, or one error with the messages of all
 * @example const settings = checkTogether(() => readSettings(context, process.env), () => checkApis(contracts));
 */
export function checkTogether<T>(first: () => T, ...others: readonly (() => void)[]): T {
  const errors: Error[] = [];
  const attempt = <R>(check: () => R): R | undefined => {
    try {
      return check();
    } catch (error) {
      if (!isUserError(error)) throw error;
      errors.push(error);
      return undefined;
    }
  };
  const result = attempt(first);
  for (const check of others) attempt(check);
  const [error, ...more] = errors;
  if (error) throw more.length > 0 ? new UserErrors(errors) : error;
  return result as T;
}
