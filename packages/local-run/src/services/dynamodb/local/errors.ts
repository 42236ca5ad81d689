/** DynamoDB's error responses of the operations that the local run adds to dynalite. */
import type { Answer } from './dynalite';

const MODEL = 'com.amazonaws.dynamodb.v20120810';

/** A request that DynamoDB refuses, as an exception with the response. */
export class RequestRefused extends Error {
  constructor(readonly answer: Answer) {
    super(String(answer.body['message'] ?? answer.body['__type']));
  }
}

export function validationError(message: string): Answer {
  return { status: 400, body: { __type: 'com.amazon.coral.validate#ValidationException', message } };
}

/** @throws RequestRefused with a ValidationException */
export function refuseInvalid(message: string): never {
  throw new RequestRefused(validationError(message));
}

export const TABLE_NOT_FOUND: Answer = {
  status: 400,
  body: { __type: `${MODEL}#ResourceNotFoundException`, message: 'Requested resource not found' },
};

export const INTERNAL_ERROR: Answer = {
  status: 500,
  body: { __type: `${MODEL}#InternalServerError`, message: 'Internal server error' },
};

export const TOKEN_MISMATCH: Answer = {
  status: 400,
  body: {
    __type: `${MODEL}#IdempotentParameterMismatchException`,
    Message:
      'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token ' +
      'that was already used.',
  },
};

/** Why an action of a transaction did or did not cancel it. */
export interface CancellationReason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError';
  readonly Message?: string;
  /** The item before the transaction, if the action asks for it. */
  readonly Item?: unknown;
}

export function transactionCanceled(reasons: readonly CancellationReason[]): Answer {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return {
    status: 400,
    body: {
      __type: `${MODEL}#TransactionCanceledException`,
      CancellationReasons: reasons,
      Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    },
  };
}
