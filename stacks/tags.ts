/** Makes the tags that every resource gets. AwsStack adds the tag `stack`. */
import type { Settings } from './settings';

/** Value of the tag `project`. The names of the pipeline's roles contain it; without a prefix, keys of states do too. */
export const PROJECT = 'cdktf-serverless-crud';

export function tagsOf({ environment, tags }: Settings): Record<string, string> {
  return { ...tags, project: PROJECT, environment };
}
