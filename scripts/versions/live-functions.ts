/** Finds the functions of a deployed stack through its state. A rollback must work when the code on this machine does not build. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stateKey } from '../../stacks/names';
import type { LocationSettings } from '../../stacks/settings';
import { ROOT } from '../project';
import type { StateObjects } from '../terraform/state-objects';
import { parseState } from '../terraform/state-text';

/** Name of the alias that APIs invoke. constructs/nodejs-function.ts creates it; a test compares the names. */
export const LIVE_ALIAS = 'live';

/** The authorizers of REST APIs and HTTP APIs. */
const AUTHORIZER_TYPES = ['aws_api_gateway_authorizer', 'aws_apigatewayv2_authorizer'];

/** A function with the alias that APIs invoke. */
export interface LiveFunction {
  /** Terraform's address of the alias, for example `aws_lambda_alias.function`. */
  readonly address: string;
  readonly functionName: string;
  /** Name of the CodeDeploy application that moves the alias. @default Terraform moves it */
  readonly application?: string | undefined;
  /** Whether the function is the Lambda authorizer of an API. @default false */
  readonly isAuthorizer?: boolean;
}

/** The part of a Terraform state that this module reads. */
interface State {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/**
 * Reads the functions of a stack, sorted by name.
 * @param root the folder with local states @default the project's folder
 * @throws Error when the stack is not deployed, or when its functions have no alias
 */
export async function liveFunctions(
  stack: string,
  settings: LocationSettings,
  objects: Pick<StateObjects, 'read'>,
  root = ROOT,
): Promise<LiveFunction[]> {
  const [place, text] = await readState(stack, settings, objects, root);
  if (text === undefined) {
    throw new Error(
      `The stack ${stack} is not deployed: there is no ${place}. Check its name, and the settings that make this place: ` +
        'stateBucket, region, namePrefix and environment.',
    );
  }
  const { resources = [] } = parseState(text, place) as State;
  const applications = new Map(
    resources
      .filter(({ type }) => type === 'aws_codedeploy_deployment_group')
      .flatMap(({ instances }) => instances.map(({ attributes }) => attributes))
      .map(({ deployment_group_name: name, app_name: application }) => [String(name), String(application)]),
  );
  const authorizers = resources
    .filter(({ type }) => AUTHORIZER_TYPES.includes(type))
    .flatMap(({ instances }) => instances.map(({ attributes }) => functionNameOfUri(attributes['authorizer_uri'])));
  const functions = resources
    .filter(({ type }) => type === 'aws_lambda_alias')
    .flatMap(({ name, instances }) => instances.map(({ attributes }) => ({ name, attributes })))
    .filter(({ attributes }) => attributes['name'] === LIVE_ALIAS)
    .map(({ name, attributes }) => {
      const functionName = functionNameOf(String(attributes['function_name']));
      const isAuthorizer = authorizers.includes(functionName);
      const application = applications.get(functionName);
      return { address: `aws_lambda_alias.${name}`, functionName, application, ...(isAuthorizer && { isAuthorizer }) };
    });
  if (functions.length === 0) {
    throw new Error(
      `The stack ${stack} has no function with the alias ${LIVE_ALIAS} in ${place}. Run npm run deploy first.`,
    );
  }
  return functions.sort((a, b) => (a.functionName < b.functionName ? -1 : 1));
}

/** The name of a function. @param target its name or ARN */
export function functionNameOf(target: string): string {
  return target.split(':')[6] ?? target;
}

/** @param uri such as `arn:aws:apigateway:...:lambda:path/2015-03-31/functions/arn:aws:lambda:...:function:gate:live/invocations` */
function functionNameOfUri(uri: unknown): string | undefined {
  return /:function:([\w-]+)/.exec(String(uri))?.[1];
}

/** @returns the place of the state, and the state; undefined when there is none */
async function readState(
  stack: string,
  settings: LocationSettings,
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
