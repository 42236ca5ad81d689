/** Creates the error for an unsupported feature. Its message says how to bundle the stock SDK instead. */
export function unsupported(problem: string): Error {
  return new Error(
    `${problem} The function contains the lean DynamoDB client. To deploy it with the stock AWS SDK, ` +
      'set sdk: "stock" (environment variable SDK=stock).',
  );
}
