/** The tags that every resource of a stack carries; the stack adds its own name. */
import type { Settings } from './settings';

export const PROJECT = 'cdktf-serverless-crud';

export function tagsOf({ environment, tags }: Settings): Record<string, string> {
  return { ...tags, project: PROJECT, environment };
}
