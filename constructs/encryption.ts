/** The keys that encrypt the data of an API. */

/**
 * The key of an API. `AWS`: DynamoDB's key in the account for the table, and the keys of each service for the rest. `AWS_OWNED`: the same,
 * but a key of DynamoDB's own for the table. `keyArn`: a customer managed key for table, log groups, functions and alarm topic.
 */
export type Encryption = 'AWS' | 'AWS_OWNED' | { readonly keyArn: string };

/** Returns the ARN of the customer managed key. @returns undefined when AWS manages or owns the keys */
export function keyArnOf(encryption: Encryption = 'AWS'): string | undefined {
  return typeof encryption === 'object' ? encryption.keyArn : undefined;
}
