/** Calls DynamoDB for the console, without IAM, and converts failures to responses of the console. */
import { callDynamodb, hasErrorType } from '../../services/dynamodb/client';
import { DataError } from '../../services/dynamodb/data-error';
import { HttpError } from '../responses';

/** The condition of a write does not hold. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';
}

/**
 * @throws ConditionError
 * @throws HttpError (400) when DynamoDB refuses the call, (502) when DynamoDB does not answer
 */
export async function callForConsole(
  endpoint: string,
  operation: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await callDynamodb(endpoint, operation, input).catch((error: unknown) => {
    throw error instanceof DataError ? new HttpError(502, error.message) : error;
  });
  if (status === 200) return body;
  const { message } = body;
  if (hasErrorType(body, 'ConditionalCheckFailedException')) throw new ConditionError(String(message));
  throw new HttpError(400, `DynamoDB: ${typeof message === 'string' ? message : `status ${status}`}`);
}
