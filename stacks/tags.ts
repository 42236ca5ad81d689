/** Makes the tags that every resource gets. AwsStack adds the tag `stack`. */
import type { Settings } from './settings';

/** Value of the tag `project`. Names of the pipeline's roles and keys of states contain it too. */
export const PROJECT = 'cdktf-serverless-crud';

export function tagsOf({ environment, tags }: Settings): Record<string, string> {
  return { ...tags, project: PROJECT, environment };
}
