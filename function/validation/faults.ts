/** Collects the faults of a request. */
import { type InputError, MAX_LISTED_ERRORS } from '../http/problem';

/** Counts all faults, and keeps the first ones, which an answer lists. */
export class Faults {
  readonly listed: InputError[] = [];
  /** The number of all faults. */
  count = 0;

  /** Whether further faults are only counted. */
  get isFull(): boolean {
    return this.listed.length >= MAX_LISTED_ERRORS;
  }

  /**
   * @param path the field, such as `lines[0].sku`
   * @param message the expected value, the value seen, and advice; a function runs only if the fault is listed
   */
  add(path: string, message: string | (() => string)): void {
    this.count += 1;
    if (!this.isFull) this.listed.push({ path, message: typeof message === 'string' ? message : message() });
  }
}
