/** Fetches the key with which summaries hash hidden values. `npm run bootstrap` creates it in the state bucket. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { reviewKeyName } from '../../stacks/names';
import type { Settings } from '../../stacks/settings';
import { ROOT } from '../project';
import { StateBucketError, type StateObjects } from './state-objects';

/** The file for plan-summary's option --key, relative to the project. */
export const REVIEW_KEY_FILE = 'cdktf.out/review-key';

/**
 * Writes the key of the pipeline into a file that only this user can read. Removes the file of an earlier run first.
 * @returns the file, relative to the project, or undefined when the settings name no state bucket or no repository
 * @throws StateBucketError when the bucket has no key
 */
export async function fetchReviewKey(
  objects: Pick<StateObjects, 'read'>,
  settings: Settings,
  root = ROOT,
): Promise<string | undefined> {
  const file = path.join(root, REVIEW_KEY_FILE);
  rmSync(file, { force: true });
  if (settings.stateBucket === '' || settings.githubRepository === '') return undefined;
  const name = reviewKeyName(settings);
  const text = (await objects.read(name))?.trim();
  if (text === undefined || !/^[0-9a-f]{64}$/.test(text)) {
    const [fault, remedy] =
      text === undefined
        ? ['does not exist', 'Run npm run bootstrap']
        : ['is not 64 hexadecimal digits', 'Delete the object, then run npm run bootstrap'];
    throw new StateBucketError(
      `The review key ${name} in the bucket ${settings.stateBucket} ${fault}. ${remedy}, which creates a key. ` +
        'Without a key, a plan with another secret would look the same.',
    );
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  return REVIEW_KEY_FILE;
}
