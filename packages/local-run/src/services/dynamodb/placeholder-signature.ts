/**
 * Signature headers for calls that the local run itself makes. Stand-ins for DynamoDB require a signature without verifying it.
 * Some keep separate tables for each access key and region, so all calls that bypass the guard must send the same headers.
 */
export const PLACEHOLDER_SIGNATURE = {
  'x-amz-date': '20000101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
} as const;
