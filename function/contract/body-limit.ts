/** The maximum size of request bodies that applies when the setting `maxBodyBytes` is 0. */
import type { Api } from './api';

/** Maximum of APIs without `answers`: more than twice the maximum size of an item (400 KB), because JSON may contain escapes. */
export const DEFAULT_MAX_BODY_BYTES = 1_000_000;

/** Returns the maximum of an API. APIs with `answers` accept what the tutorial's APIs accept: all that Lambda passes on, 6 MB. */
export function defaultMaxBodyBytes({ answers }: Api): number {
  return answers ? Infinity : DEFAULT_MAX_BODY_BYTES;
}
