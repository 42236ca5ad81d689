/** Types of a call that a function made to DynamoDB, with the decision of its role's policies. */

/** An action on a resource that the policies must allow for the call. */
export interface CallPart {
  /** `dynamodb:GetItem`. */
  readonly action: string;
  /** The ARN of a table or an index, or `*`. */
  readonly resource: string;
  readonly decision: 'allowed' | 'denied';
}

export interface DynamodbCall {
  /** The access key id of the calling execution environment. Empty when the caller is unknown. */
  readonly accessKeyId: string;
  /** The name of the calling function. Empty when the caller is unknown. */
  readonly functionName: string;
  readonly roleArn: string;
  /** `GetItem`. */
  readonly operation: string;
  /** `refused`: the guard evaluated no policy. The request or its signature is invalid, or the caller or operation is unknown. */
  readonly decision: 'allowed' | 'denied' | 'refused';
  /** One part for most operations, several for a batch or a transaction; ends with the first denied part. */
  readonly parts: readonly CallPart[];
  /** Why the call was denied or refused. Addressed to the developer, with more detail than DynamoDB's response. */
  readonly reason?: string;
  /** HTTP status of the response; 0 when the connection ended without one. */
  readonly status: number;
  /** Time until the response began. */
  readonly milliseconds: number;
}
