/** Escapes texts for Terraform, which reads `${` and `%{` in every string of a stack as the start of a template. */

/** The start of a template. Does not match CDKTF's references to resources, which are `${TfToken[...]}` until the synth. */
const TEMPLATE = /\$\{(?!TfToken\[)|%\{/g;

/**
 * Escapes a text of a contract. Use it for each text of a contract that becomes part of a resource.
 * @example literal('${b}') // '$${b}'
 */
export function literal(text: string): string {
  return text.replace(TEMPLATE, (start) => start.charAt(0) + start);
}
