/** Runs the real Terraform with the real AWS provider, without an AWS account. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { OFFLINE_PROVIDER } from '../../scripts/terraform/offline';
import { terraformProgram } from '../../scripts/terraform/program';
import { terraform as runTerraform } from '../../scripts/terraform/terraform';

/** An override file, which Terraform merges into the stack: no calls to AWS, and a local state. */
const OFFLINE = { terraform: { backend: { local: {} } }, provider: { aws: OFFLINE_PROVIDER } };

/** A message of `terraform plan -json` (Terraform's documentation, "Machine-Readable UI"). */
interface Message {
  readonly type: string;
  readonly change?: { readonly action: string; readonly resource: { readonly addr: string } };
}

/** Runs Terraform. @returns its standard output @throws Error with all output when it fails */
export function terraform(folder: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(terraformProgram(), args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, AWS_ENDPOINT_URL: '', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** Initializes a synthesized stack for plans without an account. */
export function initialize(folder: string): void {
  writeFileSync(path.join(folder, 'offline_override.tf.json'), JSON.stringify(OFFLINE));
  terraform(folder, 'init', '-input=false', '-no-color');
}

/**
 * Plans a stack without a state. Reads the messages of the plan, because `terraform show` would start the provider again.
 * @returns the sorted addresses of the resources @throws Error when the plan changes or deletes a resource
 */
export async function plannedCreations(folder: string): Promise<string[]> {
  const { stdout } = await runTerraform(folder, ['plan', '-json']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Message)
    .filter(({ type }) => type === 'planned_change')
    .flatMap(({ change }) => {
      if (change?.action === 'create') return [change.resource.addr];
      // A data source that depends on a new resource.
      if (change?.action === 'read') return [];
      throw new Error(`The plan has an unexpected change: ${JSON.stringify(change)}`);
    })
    .sort();
}

/** Checks for Terraform and its AWS provider. @returns the reason why one is unavailable, or undefined when both are available */
export function unavailable(folder: string): string | undefined {
  try {
    initialize(folder);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'there is no terraform on the PATH';
    const { message } = error as Error;
    // Another error is a fault of the stack.
    if (!/Failed to (query available|install) provider/.test(message)) throw error;
    return `terraform cannot get the AWS provider: ${message}`;
  }
}
