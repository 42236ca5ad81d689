/** Prints the versions, the backend, the variables and the local values of a stack. */
import type { Settings } from '../../stacks/settings';
import type { Archive } from './archives';
import { innerBlock, literalBody, plainBody, printBlock } from './body';
import { type Block, expression, isBlock, literal } from './hcl';
import { LOCALS, PREFIX_LOCAL, SUFFIX_LOCAL } from './places';
import type { Candidate } from './variables';

/** The oldest version with `use_lockfile`, the state lock in S3. */
const REQUIRED_VERSION = '>= 1.10';

const BACKEND_BLOCKS = ['workspaces', 'exec'];

/** Files that `terraform init -backend-config` reads. */
export function backendFile(environment: string): string {
  return `${environment}.s3.tfbackend`;
}

/**
 * Prints versions.tf, and the file with the configuration of the backend.
 * @param settings environment: for the name of the second file. Without a stateBucket, versions.tf contains the configuration,
 * because the README then initializes all folders without a file
 * @throws Error for an entry of the section `terraform` that eject does not support
 */
export function versionFiles(
  stack: string,
  terraform: Block,
  { environment, stateBucket }: Pick<Settings, 'environment' | 'stateBucket'>,
): Record<string, string> {
  const {
    required_providers: providers = {},
    required_version: version = REQUIRED_VERSION,
    backend = {},
    cloud,
    ...others
  } = terraform;
  if (Object.keys(others).length > 0) {
    throw new Error(
      `The stack ${stack} has terraform.${Object.keys(others).join(', terraform.')}, which eject does not support. Remove it from ` +
        'the stack, eject, and add it to the folder by hand.',
    );
  }
  const [[type, config] = []] = isBlock(backend) ? Object.entries(backend) : [];
  const body = [
    `required_version = ${literal(version)}`,
    ...innerBlock('required_providers', literalBody(withNamespaces(providers as Block))),
    ...(isBlock(cloud) ? innerBlock('cloud', backendBody(cloud)) : []),
  ];
  // Without a backend, Terraform keeps the state in terraform.tfstate.
  if (type === undefined || type === 'local') return { 'versions.tf': printBlock('terraform', body) };
  const hasFile = type === 's3' && stateBucket !== '';
  body.push(...innerBlock(`backend "${type}"`, hasFile ? [] : backendBody(config as Block)));
  return {
    'versions.tf': printBlock('terraform', body),
    ...(hasFile && { [backendFile(environment)]: `${literalBody(config as Block).join('\n')}\n` }),
  };
}

/** Prints the arguments of a backend. Some have blocks: `workspaces` of HCP Terraform, `exec` of Kubernetes. */
function backendBody(config: Block): string[] {
  return Object.entries(config).flatMap(([key, value]) =>
    BACKEND_BLOCKS.includes(key) && isBlock(value)
      ? innerBlock(key, literalBody(value))
      : literalBody({ [key]: value }),
  );
}

/** `aws` becomes `hashicorp/aws`. */
function withNamespaces(providers: Block): Block {
  return Object.fromEntries(
    Object.entries(providers).map(([name, provider]) => {
      const { source, ...others } = provider as Block;
      return [
        name,
        typeof source === 'string' && !source.includes('/') ? { source: `hashicorp/${source}`, ...others } : provider,
      ];
    }),
  );
}

/** Prints the variables that the HCL uses. @param text the HCL of a stack */
export function printVariables(candidates: readonly Candidate[], text: string): string {
  return usedVariables(candidates, text)
    .map(({ name, description, value }) =>
      printBlock(`variable "${name}"`, [
        `description = ${expression(description)}`,
        `type = ${typeof value}`,
        `default = ${expression(value)}`,
      ]),
    )
    .join('\n');
}

/** Returns the variables that the HCL uses, directly or through a local value. */
export function usedVariables(candidates: readonly Candidate[], text: string): Candidate[] {
  return candidates.filter(({ name, setting }) => {
    if (new RegExp(`\\bvar\\.${name}\\b`).test(text)) return true;
    const local = LOCALS[setting];
    return local !== undefined && text.includes(`local.${local}`);
  });
}

/** Prints the local values that the HCL uses. @param stackLocals local values that the stack defines */
export function printLocals(text: string, archives: readonly Archive[], stackLocals: Block): string {
  const isUsed = (name: string) => !Object.hasOwn(stackLocals, name) && new RegExp(`\\blocal\\.${name}\\b`).test(text);
  const names = [
    '# Start and end of resource names. Both are empty without a prefix and in the environment "default".',
    ...(isUsed(PREFIX_LOCAL) ? [`${PREFIX_LOCAL} = var.name_prefix == "" ? "" : "\${var.name_prefix}-"`] : []),
    ...(isUsed(SUFFIX_LOCAL) ? [`${SUFFIX_LOCAL} = var.environment == "default" ? "" : "-\${var.environment}"`] : []),
  ];
  const paths = archives.flatMap(({ local, file }) => [
    '',
    '# Path of an archive. The state contains the path, so a new path updates the functions. See New code in ../README.md.',
    `${local} = ${expression(file)}`,
  ]);
  const body = [...(names.length > 1 ? names : []), ...paths, ...plainBody(stackLocals)];
  return body.length === 0 ? '' : printBlock('locals', body);
}
