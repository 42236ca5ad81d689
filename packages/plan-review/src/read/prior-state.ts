/** Reads the resources and outputs of the state that a plan starts from. */
import { type Attributes, attribute, isList, isObject, type Value } from '../model/value';
import type { RawPlan } from './raw-plan';

/** The resources and data sources of the state, in all modules. */
export function readStateResources({ prior_state: state }: RawPlan): readonly Value[] {
  return resourcesOfModule(attribute(attribute(state, 'values'), 'root_module'));
}

/** The outputs of the state by name: `{ "sensitive": true, "value": "x" }`. */
export function readStateOutputs({ prior_state: state }: RawPlan): Attributes {
  const outputs = attribute(attribute(state, 'values'), 'outputs');
  return isObject(outputs) ? outputs : {};
}

function resourcesOfModule(module: Value | undefined): readonly Value[] {
  return [...membersOf(module, 'resources'), ...membersOf(module, 'child_modules').flatMap(resourcesOfModule)];
}

function membersOf(value: Value | undefined, name: string): readonly Value[] {
  const members = attribute(value, name);
  return isList(members) ? members : [];
}
