/** Reads the state of a deployed stack, from the bucket or from the local file. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stateKey } from '../../stacks/names';
import type { Settings } from '../../stacks/settings';
import { ROOT } from '../project';
import type { StateObjects } from './state-objects';
import { parseState } from './state-text';

export interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The part of a Terraform state that scripts read. */
interface State {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
  }[];
}

/**
 * Reads the resources of a stack.
 * @param root the folder with local states @default the project's folder
 * @throws Error when the stack is not deployed
 */
export async function stackResources(
  stack: string,
  settings: Settings,
  objects: Pick<StateObjects, 'read'>,
  root = ROOT,
): Promise<StateResource[]> {
  const [place, text] = await readState(stack, settings, objects, root);
  if (text === undefined) {
    throw new Error(
      `The stack ${stack} is not deployed: there is no ${place}. Check its name, and the settings environment, namePrefix, region ` +
        'and stateBucket.',
    );
  }
  const { resources = [] } = parseState(text, place) as State;
  return resources.flatMap(({ type, name, instances }) =>
    instances.map(({ attributes = {} }) => ({ type, name, attributes })),
  );
}

async function readState(
  stack: string,
  settings: Settings,
  objects: Pick<StateObjects, 'read'>,
  root: string,
): Promise<[place: string, text: string | undefined]> {
  if (settings.stateBucket === '') {
    const name = `terraform.${stack}.tfstate`;
    const file = path.join(root, name);
    return [name, existsSync(file) ? readFileSync(file, 'utf8') : undefined];
  }
  const key = stateKey(settings, stack);
  return [`s3://${settings.stateBucket}/${key}`, await objects.read(key)];
}
