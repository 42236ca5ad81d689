/** Runs Terraform in a folder of `npm run eject`. The PATH contains Terraform alone, so no step can use Node.js. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { run } from './run';
import { WORK } from './target';

/** A resource or data source of a plan, with its values. */
interface PlannedResource {
  readonly address: string;
  readonly mode: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The part of `terraform show -json` that the suite compares. */
export interface PlanJson {
  readonly planned_values: { readonly root_module: { readonly resources?: readonly PlannedResource[] } };
  readonly prior_state?: {
    readonly values?: { readonly root_module: { readonly resources?: readonly PlannedResource[] } };
  };
}

/** A folder whose only program is Terraform. */
function terraformOnly(): string {
  const folder = path.join(WORK, 'bin');
  if (existsSync(folder)) return folder;
  mkdirSync(folder, { recursive: true });
  symlinkSync(execFileSync('which', ['terraform'], { encoding: 'utf8' }).trim(), path.join(folder, 'terraform'));
  return folder;
}

export class EjectedStack {
  /** @param folder the folder of the stack */
  constructor(private readonly folder: string) {}

  /** Runs a Terraform command. @returns its output @throws Error when it does not end with status 0 */
  terraform(...args: string[]): Promise<string> {
    const environment = { PATH: terraformOnly(), TF_IN_AUTOMATION: '1', AWS_S3_USE_PATH_STYLE: 'true' };
    return run('terraform', [...args, '-no-color'], environment, this.folder);
  }

  /** Initializes the folder as its README says. */
  async init(): Promise<void> {
    await this.terraform('init', '-input=false', '-backend-config=default.s3.tfbackend');
  }

  /** @returns the plan @throws Error with the output when the plan has changes */
  async planWithoutChanges(): Promise<PlanJson> {
    const printed = await this.terraform('plan', '-input=false', '-detailed-exitcode', '-out=plan.tfplan');
    expect(printed).toContain('No changes.');
    return JSON.parse(await this.terraform('show', '-json', 'plan.tfplan')) as PlanJson;
  }
}

/** The values of all resources, by address. */
export function plannedValues(plan: PlanJson): Record<string, unknown> {
  const { resources = [] } = plan.planned_values.root_module;
  return Object.fromEntries(resources.map(({ address, values }) => [address, values]));
}

/** The texts of all policies: of the data sources, and of the arguments of resources. */
export function policies(plan: PlanJson): Record<string, string> {
  const resources = [
    ...(plan.planned_values.root_module.resources ?? []),
    ...(plan.prior_state?.values?.root_module.resources ?? []).filter(({ mode }) => mode === 'data'),
  ];
  return Object.fromEntries(
    resources.flatMap(({ address, values }) =>
      Object.entries(values).flatMap(([name, value]) =>
        typeof value === 'string' && value.includes('"Statement"') ? [[`${address}.${name}`, value]] : [],
      ),
    ),
  );
}
