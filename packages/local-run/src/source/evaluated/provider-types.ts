/** Types of providers beside AWS. */

/** Terraform itself evaluates the resources of these providers, so nothing of them is left out. */
export const EVALUATED_PROVIDERS = [
  'archive',
  'external',
  'local',
  'null',
  'random',
  'template',
  'terraform',
  'time',
  'tls',
];

/** Whether a type belongs to a provider that only computes values, such as `random_pet` or `archive_file`. */
export function isEvaluatedType(type: string): boolean {
  const [provider = ''] = type.split('_');
  return EVALUATED_PROVIDERS.includes(provider) || type === 'external';
}
