/** DynamoDB's error responses to invalid requests, unknown callers and denied calls. */

export interface ErrorResponse {
  readonly status: number;
  readonly body: string;
}

function errorResponse(type: string, message: object): ErrorResponse {
  return { status: 400, body: JSON.stringify({ __type: `com.amazon.coral.service#${type}`, ...message }) };
}

// The messages are DynamoDB's (source: dynalite, index.js).

/** @param message for the developer. Undefined: DynamoDB does not know the operation either, and its error has no message */
export function unknownOperation(message: string | undefined): ErrorResponse {
  return errorResponse('UnknownOperationException', message === undefined ? {} : { message });
}

export const INVALID_JSON = errorResponse('SerializationException', {});

/** DynamoDB has no such response: browsers cannot reach it as they reach a port of this machine. */
export const FOREIGN_REQUEST: ErrorResponse = { status: 403, body: '' };

export const BODY_TOO_LARGE: ErrorResponse = { status: 413, body: '' };

export const MISSING_TOKEN = errorResponse('MissingAuthenticationTokenException', {
  message: 'Request is missing Authentication Token',
});

export const UNKNOWN_CLIENT = errorResponse('UnrecognizedClientException', {
  message: 'The security token included in the request is invalid.',
});

export function incompleteSignature(message: string): ErrorResponse {
  return errorResponse('IncompleteSignatureException', { message });
}

export const WRONG_SERVICE = errorResponse('InvalidSignatureException', {
  message: "Credential should be scoped to correct service: 'dynamodb'. ",
});

export function wrongSignature(details: string): ErrorResponse {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
    `and signing method. Consult the service documentation for details.\n\n${details}`;
  return errorResponse('InvalidSignatureException', { message });
}

export const TABLE_NOT_FOUND: ErrorResponse = {
  status: 400,
  body: JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
    message: 'Requested resource not found',
  }),
};

/**
 * DynamoDB's response to a denied call. `byTable`: the policy of the table denies it. Sources:
 * - the wording, with the reason since 2021: IAM User Guide, "Troubleshoot access denied error messages"
 *   (docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html)
 * - a message from DynamoDB: github.com/aws-samples/aws-serverless-workshop-innovator-island/issues/97
 * - the capital letter of `Message` and the resource `*` of ListTables: github.com/sebdah/dynamic-dynamodb/issues/321
 */
export function accessDenied(
  principal: string,
  action: string,
  resource: string,
  decision: 'explicitDeny' | 'implicitDeny',
  byTable = false,
): ErrorResponse {
  const reason =
    decision === 'explicitDeny'
      ? `with an explicit deny in ${byTable ? 'a resource-based' : 'an identity-based'} policy`
      : `because no identity-based policy allows the ${action} action`;
  return errorResponse('AccessDeniedException', {
    Message: `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
  });
}
