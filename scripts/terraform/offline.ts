/** Plans synthesized stacks with the real AWS provider, without an AWS account and without the network. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { terraform } from './terraform';

/** Arguments with which the AWS provider plans without an AWS account and without the network. */
export const OFFLINE_PROVIDER = {
  access_key: 'none',
  secret_key: 'none',
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: 'true',
} as const;

/** A stack, and the name of its module. */
export interface OfflineStack {
  /** Letters, digits, `-` and `_`. */
  readonly name: string;
  /** The folder with the stack's cdk.tf.json. */
  readonly folder: string;
}

/** The parts of a stack's cdk.tf.json that this file changes. */
interface StackJson {
  readonly provider: { readonly aws: readonly { readonly region: string }[] };
  readonly terraform: { readonly required_providers: object; readonly backend?: object };
}

/**
 * Writes and initializes a configuration whose modules are the stacks. With one configuration, Terraform starts the provider once
 * for all stacks. The stacks' backends, default tags and other provider settings are not in it.
 * @param stacks at least one; this function removes from their files what a module cannot have
 * @param root a new folder for the configuration
 * @param sts address of a server that answers `GetCallerIdentity`, for example that of `withAccount`
 * @throws TerraformError
 */
export async function initializeModules(stacks: readonly OfflineStack[], root: string, sts: string): Promise<void> {
  mkdirSync(root);
  const [first] = stacks.map(makeModule);
  const configuration = {
    terraform: { required_providers: first?.terraform.required_providers },
    provider: { aws: [{ region: first?.provider.aws[0]?.region, ...OFFLINE_PROVIDER, endpoints: [{ sts }] }] },
    module: Object.fromEntries(stacks.map(({ name, folder }) => [name, { source: path.relative(root, folder) }])),
  };
  writeFileSync(path.join(root, 'main.tf.json'), JSON.stringify(configuration));
  await terraform(root, ['init', '-no-color']);
}

/** Removes from a stack what a module cannot have. @returns the stack as it was */
function makeModule({ folder }: OfflineStack): StackJson {
  const file = path.join(folder, 'cdk.tf.json');
  const stack = JSON.parse(readFileSync(file, 'utf8')) as StackJson;
  const { required_providers } = stack.terraform;
  writeFileSync(file, JSON.stringify({ ...stack, provider: undefined, terraform: { required_providers } }));
  return stack;
}
