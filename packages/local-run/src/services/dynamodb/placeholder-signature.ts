/**
 * Signature headers for calls from the local run to DynamoDB. DynamoDB emulators require a signature, but do not verify it.
 * Some emulators keep separate tables for each access key and region. So the local run sends the same headers in every call.
 */
export const PLACEHOLDER_SIGNATURE = {
  'x-amz-date': '20000101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
} as const;
