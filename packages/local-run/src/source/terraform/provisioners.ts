/** Says which provisioners a run leaves out, when something is missing because of it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EvaluatedConfiguration } from './evaluated-resource';
import type { ModuleTree } from './module-tree';
import { provisionedResources } from './overrides';

const ARCHIVE_TYPES: readonly string[] = ['aws_lambda_function', 'aws_lambda_layer_version'];

/** The resources whose provisioners do not run: `null_resource.build`. */
export function skippedProvisioners({ folders }: ModuleTree): string[] {
  return [...new Set(folders.flatMap(provisionedResources).map((address) => address.join('.')))];
}

/**
 * @param skipped see `skippedProvisioners`
 * @param root relative paths of archives are relative to this folder
 * @returns a text about functions without an archive; an empty text when there are none, or no provisioner was left out
 */
export function missingArchives(
  skipped: readonly string[],
  { resources, files }: Pick<EvaluatedConfiguration, 'resources' | 'files'>,
  root: string,
): string {
  if (skipped.length === 0) return '';
  const missing = resources.filter(({ type, values: { filename } }) => {
    if (!ARCHIVE_TYPES.includes(type) || typeof filename !== 'string') return false;
    const file = path.resolve(root, filename);
    return !files.has(file) && !existsSync(file);
  });
  if (missing.length === 0) return '';
  const addresses = missing.map(({ address }) => address).join(', ');
  return `Archives are missing: ${addresses}. ${skippedText(skipped)}`;
}

/** @param message an error of Terraform. A missing file may be a file that a provisioner makes. */
export function withProvisionerAdvice(message: string, skipped: readonly string[]): string {
  const isMissingFile = /no (such )?file|could not find|missing/i.test(message);
  return skipped.length > 0 && isMissingFile ? `${message}\n${skippedText(skipped)}` : message;
}

function skippedText(skipped: readonly string[]): string {
  return `Provisioners were not run: ${skipped.join(', ')}. Pass --provisioners to run them; they are commands of the project.`;
}
