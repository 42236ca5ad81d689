/** Reads what the stages of HTTP APIs and of REST APIs have in common. */
import type { ApiDeployment } from '../../model/deployment';
import { NotSimulatedError } from '../../model/not-simulated';
import type { Attributes, Resource } from './resource';

/** Checks the stages of an API. @throws NotSimulatedError unless the API has a stage */
export function stagesOf({ address }: Resource, stages: readonly Resource[]): readonly Resource[] {
  if (stages.length > 0) return stages;
  const problem = 'an API without a stage';
  const supported = 'one stage or several stages in this stack';
  throw new NotSimulatedError([{ address, attribute: 'stage', found: 'no stage', problem, supported }]);
}

/** @param name the attribute with the variables */
export function stageVariablesOf({ attributes }: Resource, name: string): Pick<ApiDeployment, 'stageVariables'> {
  const variables = Object.entries((attributes[name] ?? {}) as Attributes);
  if (variables.length === 0) return {};
  return { stageVariables: Object.fromEntries(variables.map(([key, value]) => [key, String(value)])) };
}

/** A stage as the source of invocations. */
export interface StageSource {
  /** `arn:aws:execute-api:us-east-1:000000000000:abcdef1234/dev`. */
  readonly arn: string;
  readonly variables: ApiDeployment['stageVariables'];
}

/** The account in an ARN. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/**
 * Replaces the stage variables in a URI, such as `${stageVariables.name}`. A variable that the stage lacks becomes empty.
 * @param name the attribute with the URI
 */
export function withStageVariables(
  { attributes }: Resource,
  name: string,
  variables: ApiDeployment['stageVariables'] = {},
): string {
  const text = String(attributes[name]);
  return text.replace(/\$\{stageVariables\.(\w+)\}/g, (_, variable: string) => variables[variable] ?? '');
}
