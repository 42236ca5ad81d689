/** Tags of every resource. AwsStack adds the name of the stack. */
import type { Settings } from './settings';

export const PROJECT = 'cdktf-serverless-crud';

export function tagsOf({ environment, tags }: Settings): Record<string, string> {
  return { ...tags, project: PROJECT, environment };
}
