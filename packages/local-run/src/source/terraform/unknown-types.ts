/** Advice for types of resources that no stand-in provider has. */

/** The providers that the local run serves to Terraform (`hashicorp/...`). */
const PROVIDERS = 'aws, archive, external, local, null, random, template, time and tls';

/**
 * Appends advice to the errors of a failed evaluation that name an unknown type.
 * @param unknownTypes types that no stand-in has; the evaluation may have failed for another reason
 */
export function withTypeAdvice(message: string, unknownTypes: readonly string[]): string {
  const named = unknownTypes.filter((type) => message.includes(`"${type}"`));
  if (named.length === 0) return message;
  const isAws = named.every((type) => type.startsWith('aws_'));
  const advice = isAws
    ? 'Run `terraform init` in the folder: the run then reads the types of the installed AWS provider.'
    : 'Put these blocks into a folder of their own, or replace them by variables.';
  return `${message}\n\nThe local run has no stand-in for ${named.join(', ')}. It stands in for the providers ${PROVIDERS}. ${advice}`;
}
