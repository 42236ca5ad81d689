/** Reads how Terraform names a function: by its name, its ARN, or one of them with a qualifier. */

/**
 * @param reference `pets`, `pets:live`, or `arn:aws:lambda:us-east-1:000000000000:function:pets:live`
 * @returns the name, and the version or alias after it
 */
export function readFunctionReference(reference: unknown): { readonly name: string; readonly qualifier?: string } {
  const text = String(reference).replace(/^arn:[^:]*:lambda:[^:]*:[^:]*:function:/, '');
  const [name = '', qualifier] = text.split(':');
  return { name, ...(qualifier !== undefined && { qualifier }) };
}

export function functionNameOf(reference: unknown): string {
  return readFunctionReference(reference).name;
}
