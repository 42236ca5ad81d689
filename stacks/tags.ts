/** Makes the tags that every resource gets. AwsStack adds the tag `stack`. */
import type { Settings } from './settings';

/** Value of the tag `project`. Names of the pipeline's roles contain it. S3 keys of states begin with it when no prefix is set. */
export const PROJECT = 'cdktf-serverless-crud';

export function tagsOf({ environment, tags }: Settings): Record<string, string> {
  return { ...tags, project: PROJECT, environment };
}
