/** Chooses the review key. */
import { machineReviewKey, readReviewKey, type ReviewKey } from './key';

/**
 * Reads the key of a file, of the file that PLAN_REVIEW_KEY_FILE names, or else the key of this machine, which is made on
 * first use.
 * @returns undefined when this machine cannot store a key
 * @throws PlanError when the file cannot be read, or is not a key
 */
export function readKey(file: string | undefined = process.env['PLAN_REVIEW_KEY_FILE']): ReviewKey | undefined {
  return file ? readReviewKey(file) : machineReviewKey();
}
