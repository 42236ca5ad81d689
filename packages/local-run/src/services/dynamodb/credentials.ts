/** The credentials by which the run itself calls DynamoDB. */

/**
 * Stand-ins for DynamoDB want a signature and do not verify it. Some keep the tables of every access key and region
 * apart, so that whoever reads the tables must come with the same ones.
 */
export const RUN_CREDENTIALS = {
  'x-amz-date': '20000101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
} as const;
