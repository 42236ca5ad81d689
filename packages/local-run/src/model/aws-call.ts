/** A call of a function to an AWS service that the local run does not simulate. */
export interface AwsCall {
  /** The service's name in signatures: `sns`, `s3`. Empty for a request without a signature. */
  readonly service: string;
  /** `Publish`, or method and path where the request does not name its action: `GET /2015-03-31/functions`. */
  readonly action: string;
  /** Empty when the caller is unknown. */
  readonly functionName: string;
  readonly roleArn: string;
}
