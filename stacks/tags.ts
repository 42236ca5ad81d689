/** Makes the tags that every resource gets. AwsStack adds the tag `stack`. */
import { PREFIX_TAG } from './setting-definitions';
import type { Settings } from './setting-types';

/** Value of the tag `project`. Names of the pipeline's roles contain it. S3 keys of states begin with it when no prefix is set. */
export const PROJECT = 'cdktf-serverless-crud';

export function tagsOf({ environment, tags, namePrefix, githubRepository }: Settings): Record<string, string> {
  const prefixTag = githubRepository === '' ? {} : { [PREFIX_TAG]: namePrefix };
  return { ...tags, project: PROJECT, environment, ...prefixTag };
}
