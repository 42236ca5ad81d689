/** Runs Terraform in a folder of `npm run eject`. The PATH contains only the program that the stacks use, so no step can use Node.js. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { terraformProgram } from '../../../scripts/terraform/program';
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

/** A folder with one program, Terraform or OpenTofu. It has the name `terraform`, which the README uses. */
function terraformOnly(): string {
  const folder = path.join(WORK, 'bin');
  if (existsSync(folder)) return folder;
  mkdirSync(folder, { recursive: true });
  const program = execFileSync('which', [terraformProgram()], { encoding: 'utf8' }).trim();
  symlinkSync(program, path.join(folder, 'terraform'));
  return folder;
}

/** @returns the commands of the code blocks below a heading of a README */
export function commandsBelow(readme: string, heading: string): string[] {
  const [, section = ''] = readme.split(`## ${heading}\n`);
  return [...(section.split('\n## ')[0] ?? '').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands = '']) => commands);
}

/** Runs commands of a README as a person would, who answers `yes`. @returns the output */
export function runCommands(commands: string, folder: string): Promise<string> {
  const environment = {
    PATH: `${terraformOnly()}:/usr/bin:/bin`,
    AWS_S3_USE_PATH_STYLE: 'true',
    TF_CLI_ARGS: '-no-color',
  };
  return run('sh', ['-ec', `yes yes | {\n${commands}\n}`], environment, folder);
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
