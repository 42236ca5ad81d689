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
 * Gives each side of an output its real mark. Terraform marks both sides if the output was or is sensitive. The configuration has
 * the new mark, and the state has the old mark. At least one side stays marked, so the value is hidden on both sides.
 */
function withMarkOfEachSide(name: string, change: RawChange, plan: RawPlan): RawChange {
  if (change.after_sensitive !== true) return change;
  const outputs = plan.configuration?.root_module?.outputs ?? {};
  const configured = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  if (configured !== undefined && configured.sensitive !== true) return { ...change, after_sensitive: false };
  const old = attribute(readStateOutputs(plan), name);
  return attribute(old, 'sensitive') === false ? { ...change, before_sensitive: false } : change;
}
