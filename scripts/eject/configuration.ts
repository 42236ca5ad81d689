/** Prints what each stack's folder needs besides resources: versions, backend, variables and locals. */
import type { Archive } from './archives';
import { innerBlock, plainBody, printBlock } from './body';
import { type Block, expression, isBlock } from './hcl';
import { PREFIX_LOCAL, SUFFIX_LOCAL } from './places';
import type { Candidate } from './variables';

/** Locking with `use_lockfile` needs this version. */
const REQUIRED_VERSION = '>= 1.10';

/** Files that `terraform init -backend-config` reads. */
export function backendFile(environment: string): string {
  return `${environment}.s3.tfbackend`;
}

/**
 * Prints versions.tf, and the file with the configuration of the backend.
 * @param environment the setting, for the name of the second file
 * @throws Error for a part of the section `terraform` that eject does not know
 */
export function versionFiles(stack: string, terraform: Block, environment: string): Record<string, string> {
  const {
    required_providers: providers = {},
    required_version: version = REQUIRED_VERSION,
    backend = {},
    ...others
  } = terraform;
  if (Object.keys(others).length > 0) {
    throw new Error(
      `The stack ${stack} has terraform.${Object.keys(others).join(', terraform.')}, which eject does not know. Remove it from the ` +
        'stack, or write it by hand.',
    );
  }
  const [[type, config] = []] = isBlock(backend) ? Object.entries(backend) : [];
  const body = [
    `required_version = ${expression(version)}`,
    ...innerBlock('required_providers', plainBody(withNamespaces(providers as Block))),
  ];
  // Without a backend, Terraform keeps the state in terraform.tfstate.
  if (type === undefined || type === 'local') return { 'versions.tf': printBlock('terraform', body) };
  const isS3 = type === 's3';
  body.push(...innerBlock(`backend "${type}"`, isS3 ? [] : plainBody(config as Block)));
  return {
    'versions.tf': printBlock('terraform', body),
    ...(isS3 && { [backendFile(environment)]: `${plainBody(config as Block).join('\n')}\n` }),
  };
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

/** Prints the variables that the texts use. */
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

/** Returns the variables that the texts use, directly or through a local. */
export function usedVariables(candidates: readonly Candidate[], text: string): Candidate[] {
  return candidates.filter(({ name, setting }) => {
    if (new RegExp(`\\bvar\\.${name}\\b`).test(text)) return true;
    if (setting === 'namePrefix') return text.includes(`local.${PREFIX_LOCAL}`);
    return setting === 'environment' && text.includes(`local.${SUFFIX_LOCAL}`);
  });
}

/** Prints the locals that the texts use. @param own locals of the stack itself */
export function printLocals(text: string, archives: readonly Archive[], own: Block): string {
  const isUsed = (name: string) => new RegExp(`\\blocal\\.${name}\\b`).test(text);
  const names = [
    '# Start and end of names: without a prefix, and in the environment default, they are empty.',
    ...(isUsed(PREFIX_LOCAL) ? [`${PREFIX_LOCAL} = var.name_prefix == "" ? "" : "\${var.name_prefix}-"`] : []),
    ...(isUsed(SUFFIX_LOCAL) ? [`${SUFFIX_LOCAL} = var.environment == "default" ? "" : "-\${var.environment}"`] : []),
  ];
  const paths = archives.flatMap(({ local, file }) => [
    '',
    '# The state contains the path of the archive: a new path updates the functions. README.md says how to deploy new code.',
    `${local} = ${expression(file)}`,
  ]);
  const body = [...(names.length > 1 ? names : []), ...paths, ...plainBody(own)];
  return body.length === 0 ? '' : printBlock('locals', body);
}
