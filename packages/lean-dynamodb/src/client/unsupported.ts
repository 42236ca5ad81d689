/** The error for a feature that the lean client does not have: it names the way out. */
export function unsupported(problem: string): Error {
  return new Error(
    `${problem} The function was bundled with the lean DynamoDB client. Deploy it with the stock AWS SDK: ` +
      'setting sdk: "stock" (environment variable SDK=stock).',
  );
}
