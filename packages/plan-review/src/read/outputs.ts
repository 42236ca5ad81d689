/** Reads the changes of the outputs. */
import type { Change } from '../model/plan';
import { attribute } from '../model/value';
import { readChange, type ResourceConfigurations } from './change';
import { readStateOutputs } from './prior-state';
import type { RawChange, RawPlan } from './raw-plan';

export function readOutputs(plan: RawPlan, configurations: ResourceConfigurations): Change[] {
  return Object.entries(plan.output_changes ?? {}).map(([name, change]) =>
    readChange(
      { address: `output.${name}`, mode: 'managed', type: 'output', change: withMarkOfEachSide(name, change, plan) },
      configurations,
    ),
  );
}

/**
 * Terraform writes the same mark for both sides of an output: whether it was or is sensitive. The configuration contains the
 * new mark, and the state the old one. One side stays marked: the value is hidden on both.
 */
function withMarkOfEachSide(name: string, change: RawChange, plan: RawPlan): RawChange {
  if (change.after_sensitive !== true) return change;
  const outputs = plan.configuration?.root_module?.outputs ?? {};
  const configured = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  if (configured !== undefined && configured.sensitive !== true) return { ...change, after_sensitive: false };
  const old = attribute(readStateOutputs(plan), name);
  return attribute(old, 'sensitive') === false ? { ...change, before_sensitive: false } : change;
}
