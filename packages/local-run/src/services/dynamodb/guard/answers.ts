/** DynamoDB's answers to a caller that it does not know, or that may not do what it asks for. */

export interface Refusal {
  readonly status: number;
  readonly body: string;
}

function refusal(type: string, message: object): Refusal {
  return { status: 400, body: JSON.stringify({ __type: `com.amazon.coral.service#${type}`, ...message }) };
}

// The words are those that DynamoDB was seen to answer with; dynalite has collected them (its index.js).

export const UNKNOWN_OPERATION = refusal('UnknownOperationException', {});

export const NO_JSON = refusal('SerializationException', {});

export const NO_TOKEN = refusal('MissingAuthenticationTokenException', {
  message: 'Request is missing Authentication Token',
});

export const UNKNOWN_CLIENT = refusal('UnrecognizedClientException', {
  message: 'The security token included in the request is invalid.',
});

export function incompleteSignature(message: string): Refusal {
  return refusal('IncompleteSignatureException', { message });
}

export const WRONG_SERVICE = refusal('InvalidSignatureException', {
  message: "Credential should be scoped to correct service: 'dynamodb'. ",
});

export function wrongSignatureAnswer(details: string): Refusal {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
    `and signing method. Consult the service documentation for details.\n\n${details}`;
  return refusal('InvalidSignatureException', { message });
}

export const TABLE_NOT_FOUND: Refusal = {
  status: 400,
  body: JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
    message: 'Requested resource not found',
  }),
};

/**
 * The wording since 2021 says why: IAM User Guide, "Troubleshoot access denied error messages"
 * (docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html). From DynamoDB it is on record, for
 * example, in github.com/aws-samples/aws-serverless-workshop-innovator-island/issues/97; `Message` with a capital
 * and the resource `*` of ListTables in github.com/sebdah/dynamic-dynamodb/issues/321.
 */
export function accessDenied(principal: string, action: string, resource: string, explicit: boolean): Refusal {
  const why = explicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
  return refusal('AccessDeniedException', {
    Message: `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  });
}
