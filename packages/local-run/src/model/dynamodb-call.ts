/** A call that a function made to DynamoDB, and what the guard decided; the guard reports each. */

export interface CallPart {
  /** `dynamodb:GetItem`. */
  readonly action: string;
  /** An ARN of a table or an index, or `*`. */
  readonly resource: string;
  readonly decision: 'allowed' | 'denied';
}

export interface DynamodbCall {
  /** Tells which instance called; empty where the caller is not known. */
  readonly accessKeyId: string;
  /** The function's name; empty where the caller is not known. */
  readonly functionName: string;
  readonly roleArn: string;
  /** `GetItem`. */
  readonly operation: string;
  /** `refused`: it came to no decision, as the caller, its signature or the operation is not known. */
  readonly decision: 'allowed' | 'denied' | 'refused';
  /** What had to be allowed: one action, more for a batch or a transaction, up to the first that was denied. */
  readonly parts: readonly CallPart[];
  /** Why it was denied or refused, for the developer: more than DynamoDB tells its caller. */
  readonly reason?: string;
  /** The HTTP status that was answered; 0: none, as the connection to DynamoDB broke, or the function gave the call up. */
  readonly status: number;
  /** When it came, in ms by the clock that threads share. */
  readonly came: number;
  /** How long it took, in ms, until the answer began. */
  readonly milliseconds: number;
}
