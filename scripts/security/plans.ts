/** Plans synthesized stacks with the real AWS provider, without an AWS account. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from '../terraform/synth';
import { terraform } from '../terraform/terraform';
import { initializeModules } from '../terraform/offline';

export interface PlannedStack {
  readonly stack: string;
  /** Path of the plan as JSON: `<stack>.json`. */
  readonly plan: string;
}

/** The parts of `terraform show -json` that checkov reads ("JSON Output Format" in Terraform's documentation). */
interface Plan {
  readonly planned_values: ModuleValues;
  readonly prior_state?: { readonly values?: ModuleValues };
  readonly resource_changes: readonly { readonly module_address?: string }[];
  readonly configuration: {
    readonly root_module: { readonly module_calls: Readonly<Record<string, { readonly module: object }>> };
  };
}

interface ModuleValues {
  readonly root_module: { readonly child_modules?: readonly { readonly address: string }[] };
}

/**
 * Plans all stacks at once, as modules of one configuration. The stacks' default tags are not in the plans.
 * @param stacks stacks below `workspace`, whose files this function changes
 * @param sts address of a server that answers `GetCallerIdentity`
 * @throws TerraformError
 */
export async function planOffline(
  stacks: readonly SynthesizedStack[],
  workspace: string,
  sts: string,
): Promise<PlannedStack[]> {
  const root = path.join(workspace, 'plan');
  await initializeModules(stacks, root, sts);
  await terraform(root, ['plan', '-no-color', '-refresh=false', '-out=plan.tfplan']);
  const { stdout } = await terraform(root, ['show', '-json', 'plan.tfplan']);
  const plan = JSON.parse(stdout) as Plan;
  return stacks.map(({ name }) => {
    const file = path.join(root, `${name}.json`);
    writeFileSync(file, planOf(name, plan));
    return { stack: name, plan: file };
  });
}

/** Returns the plan of one module as JSON, with the addresses of the stack. */
function planOf(name: string, plan: Plan): string {
  const address = `module.${name}`;
  const valuesOf = (values?: ModuleValues) => ({
    root_module: values?.root_module.child_modules?.find((module) => module.address === address) ?? {},
  });
  const own = {
    ...plan,
    planned_values: valuesOf(plan.planned_values),
    prior_state: { ...plan.prior_state, values: valuesOf(plan.prior_state?.values) },
    resource_changes: plan.resource_changes.filter((change) => change.module_address === address),
    configuration: { root_module: plan.configuration.root_module.module_calls[name]?.module },
  };
  return JSON.stringify(own).replaceAll(`${address}.`, '');
}
