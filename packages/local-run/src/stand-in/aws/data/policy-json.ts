/** Writes a policy as Go does, in which the AWS provider is written. */

/** @param indent @default no white space */
export function policyJson(document: object, indent?: string): string {
  return JSON.stringify(document, undefined, indent).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
