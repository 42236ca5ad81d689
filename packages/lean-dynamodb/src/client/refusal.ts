/** What the lean client does not do is refused, with the way out, and never left out in silence. */

export function refusal(what: string): Error {
  return new Error(
    `${what} The function was built with the lean DynamoDB client; deploy it with the whole AWS SDK instead: ` +
      'setting sdk: "stock" (environment variable SDK=stock). See constructs/sdk/replacements.ts.',
  );
}
