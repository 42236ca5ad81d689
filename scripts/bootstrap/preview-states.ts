/** Refuses previews beside deployments that the preview role could use or destroy. The states of the bucket show which deployments exist. */
import { pipelineName, stateKey, STATE_STACK_KEY } from '../../stacks/names';
import { hasPreviews, isPreviewEnvironment, PREVIEW_BOUNDARY } from '../../stacks/previews';
import type { Settings } from '../../stacks/settings';
import type { State } from './bucket';

/** The parts of the bucket that the check needs. */
export interface States {
  keys(): Promise<string[]>;
  readState(key: string): Promise<State | undefined>;
}

/**
 * Checks the states with resources. `OWN_ACCOUNT` accepts only states of previews. `SHARED_ACCOUNT` also accepts other environments, but
 * none with the name of a preview that is no preview: the sweep would destroy it.
 * @throws Error with each state that does not fit the setting `previews`
 */
export async function refusePreviewsBeside(states: States, settings: Settings): Promise<void> {
  const { previews } = settings;
  if (!hasPreviews(previews)) return;
  const reasons: string[] = [];
  for (const key of await states.keys()) {
    if (key === STATE_STACK_KEY || !key.endsWith('.tfstate')) continue;
    const reason = await reasonToRefuse(states, key, settings);
    if (reason !== undefined) reasons.push(`  - ${key}: ${reason}`);
  }
  if (reasons.length === 0) return;
  throw new Error(
    [
      `Nothing was changed. previews is ${previews}, but the bucket contains states that do not fit it:`,
      ...reasons,
      previews === 'OWN_ACCOUNT'
        ? 'Sign in to an AWS account for previews alone, and pass the name of a new bucket with --bucket.'
        : 'Destroy these stacks or deploy them to another environment first, or set previews to OFF.',
    ].join('\n'),
  );
}

/** @returns undefined for a preview, and for a state without resources */
async function reasonToRefuse(states: States, key: string, settings: Settings): Promise<string | undefined> {
  const [prefix, environment = ''] = key.split('/');
  const isOwnPrefix = prefix === stateKey(settings, '').split('/')[0];
  // Only states that could be refused are read.
  if (settings.previews === 'SHARED_ACCOUNT' && !(isOwnPrefix && /^pr(-|$)/.test(environment))) return undefined;
  let state: State | undefined;
  try {
    state = await states.readState(key);
  } catch (error) {
    return error instanceof SyntaxError ? 'not a Terraform state; delete the object' : rethrow(error);
  }
  const resources = (state?.resources ?? []).filter(({ mode }) => mode === 'managed');
  if (resources.length === 0) return undefined;
  if (!isPreviewEnvironment(environment)) return `a state of the environment ${environment}, which is no preview`;
  const boundary = `:policy/${pipelineName(settings, PREVIEW_BOUNDARY)}`;
  const roles = resources.filter(({ type }) => type === 'aws_iam_role').flatMap(({ instances = [] }) => instances);
  const isForeign = roles.some(({ attributes }) => !String(attributes?.['permissions_boundary']).endsWith(boundary));
  return isForeign && isOwnPrefix ? `its roles have no boundary ${boundary.slice(8)}, so it is no preview` : undefined;
}

function rethrow(error: unknown): never {
  throw error;
}
