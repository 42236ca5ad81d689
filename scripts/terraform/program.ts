/** Chooses the program that plans and applies: Terraform, or OpenTofu. */
import path from 'node:path';

/** The script that cdktf runs in place of Terraform (variable TERRAFORM_BINARY_NAME). The script's comments give the reason. */
export const TERRAFORM_WRAPPER = path.join(__dirname, 'terraform.sh');

/**
 * Returns the program that the variable TERRAFORM_BINARY_NAME names, for example `tofu`; otherwise `terraform`. cdktf reads the same
 * variable. When it names TERRAFORM_WRAPPER, WRAPPED_TERRAFORM names the program.
 */
export function terraformProgram(env: NodeJS.ProcessEnv = process.env): string {
  const name = env['TERRAFORM_BINARY_NAME'];
  const chosen = name && path.resolve(name) !== TERRAFORM_WRAPPER ? name : env['WRAPPED_TERRAFORM'];
  if (!chosen) return 'terraform';
  // Terraform runs in the folder of a stack, where a relative path would name another file.
  return chosen.includes('/') ? path.resolve(chosen) : chosen;
}

/** Advice for a program that is not on the PATH. */
export function missingProgram(program: string): string {
  return program === 'terraform'
    ? 'There is no terraform on the PATH. Install the version that .terraform-version names.'
    : `There is no program ${program}, which TERRAFORM_BINARY_NAME names. Install it, or unset this variable to use terraform.`;
}

/** Advice for a program that exists but does not start, for example a folder, or a file that is not executable. */
export function unusableProgram(program: string, reason: string): string {
  return program === 'terraform'
    ? `terraform did not start: ${reason}. Install the version that .terraform-version names.`
    : `${program}, which TERRAFORM_BINARY_NAME names, did not start: ${reason}. Set this variable to an executable file, or unset it to ` +
        'use terraform.';
}
