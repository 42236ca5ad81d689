/** Creates the error for an unsupported feature. Its message says how to bundle the stock SDK instead. */
export function unsupported(problem: string): Error {
  return new Error(
    `${problem} The function contains the lean DynamoDB client. To use the stock AWS SDK, ` +
      'bundle the function without the esbuild plugin lean-dynamodb.',
  );
}
