/** Headers of requests to routes with AWS_IAM. */

/** A signature of AWS's example key (AWS documentation, "Signature Version 4"). The local run does not verify it. */
export const SIGNATURE = [
  'Authorization',
  'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261129/us-east-1/execute-api/aws4_request, ' +
    `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
] as const;

export const UNKNOWN_SIGNATURE = 'AWS verifies the signature, and the key is not real';

export const NOT_A_SIGNATURE = ['Authorization', 'Bearer x'] as const;
