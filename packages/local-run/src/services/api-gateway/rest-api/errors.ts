/** The error responses of a REST API itself. */
import { createHash } from 'node:crypto';
import type { GatewayResponseType, RestRouteDeployment } from '../../../model/deployment';
import type { Decision } from '../../iam/evaluate';
import { InvocationError, RequestTooLargeError, ThrottledError } from '../../lambda/errors';
import { gatewayError, MalformedResultError, type Outcome } from '../gateway';
import { type GatewayRequest, headerValue } from '../request';
import type { SignatureFault } from '../iam/signature-check';
import type { NamedThrottle } from '../throttle';
import type { KeyUsage } from './usage-plans';

/** An error that the API's gateway responses can change. */
export interface RestError extends Outcome {
  readonly error: {
    /** Undefined: only DEFAULT_4XX or DEFAULT_5XX applies. */
    readonly type: GatewayResponseType | undefined;
    readonly message: string | null;
    /** The result of the authorizer that denied the request. */
    readonly authorizer?: object;
  };
}

export function isRestError(outcome: Outcome): outcome is RestError {
  return 'error' in outcome;
}

export function urlTooLong(): Outcome {
  return gatewayError(414, 'URI Too Long', 'the URL exceeds 10,240 characters');
}

export function headersTooLarge(): Outcome {
  return gatewayError(431, 'Request Header Fields Too Large', 'the header values exceed 10,240 bytes');
}

export function badRequest(reason: string): Outcome {
  return gatewayError(400, 'Bad Request', reason);
}

/** There is no such stage, so there are no gateway responses. */
export function unknownStage(reason: string): Outcome {
  const { response } = restError('INVALID_API_KEY', 'ForbiddenException', 403, 'Forbidden', reason);
  return { response, reason };
}

export function invalidKey(reason: string): RestError {
  return restError('INVALID_API_KEY', 'ForbiddenException', 403, 'Forbidden', reason);
}

/**
 * The answer to a request without a signature to an API with AWS_IAM: of such a method, and of a path or method that does not
 * exist. A header that is no signature causes another error (amazon-archives/aws-cognito-angular-quickstart, issue 50;
 * serverless/serverless, issue 3205). The sources disagree whether its message contains the header or its hash.
 */
export function notSigned({ rawHeaders }: Pick<GatewayRequest, 'rawHeaders'>, reason: string): RestError {
  const header = headerValue(rawHeaders, 'authorization') ?? '';
  return header === '' ? missingAuthenticationToken(reason) : incompleteSignature(header, reason);
}

function incompleteSignature(header: string, reason: string): RestError {
  const hash = createHash('sha256').update(header).digest('base64');
  const message = header.includes('=')
    ? ['Credential', 'Signature', 'SignedHeaders']
        .map((name) => `Authorization header requires '${name}' parameter.`)
        .join(' ')
    : `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash}'.`;
  return restError('INVALID_SIGNATURE', 'IncompleteSignatureException', 403, message, reason);
}

/** The signature of a request is wrong. */
export function wrongSignature({ type, message }: SignatureFault): RestError {
  return restError('INVALID_SIGNATURE', type, 403, message, message);
}

interface DeniedUser {
  readonly userArn: string;
  /** The ARN of the method. */
  readonly resource: string;
  readonly decision: Exclude<Decision, 'allowed'>;
  readonly reason: string;
}

/**
 * The policies of a signed caller, or the policy of the API, do not allow the request. The response hides most of the account
 * (recorded: ASFHyP3/hyp3, issue 2283).
 */
export function userNotAuthorized({ userArn, resource, decision, reason }: DeniedUser): RestError {
  const masked = resource.replace(/^((?:[^:]*:){4})\d{8}/, '$1********');
  const denied = `User: ${userArn} is not authorized to perform: execute-api:Invoke on resource: ${masked}`;
  return messageOfDenial(decision === 'explicitDeny' ? `${denied} with an explicit deny` : denied, reason);
}

/** The answer to a request for a path or method that does not exist. */
export function missingAuthenticationToken(reason: string): RestError {
  const message = 'Missing Authentication Token';
  return restError('MISSING_AUTHENTICATION_TOKEN', 'MissingAuthenticationTokenException', 403, message, reason);
}

export function unauthorized(reason: string, message = 'Unauthorized'): RestError {
  return restError('UNAUTHORIZED', 'UnauthorizedException', 401, message, reason);
}

const ACCESS_DENIED = 'User is not authorized to access this resource';

/** @param authorizer the result of the authorizer, which gateway responses can use */
export function accessDenied(decision: Exclude<Decision, 'allowed'>, reason: string, authorizer: object): RestError {
  const message =
    decision === 'explicitDeny' ? `${ACCESS_DENIED} with an explicit deny in an identity-based policy` : ACCESS_DENIED;
  const denied = messageOfDenial(message, reason);
  return { ...denied, error: { ...denied.error, authorizer } };
}

/** Only these responses write `Message`. */
function messageOfDenial(message: string, reason: string): RestError {
  const denied = restError('ACCESS_DENIED', 'AccessDeniedException', 403, message, reason);
  return { ...denied, response: { ...denied.response, body: JSON.stringify({ Message: message }) } };
}

/** The message is null. */
export function authorizerFailed(reason: string): RestError {
  return restError('AUTHORIZER_CONFIGURATION_ERROR', 'AuthorizerConfigurationException', 500, null, reason);
}

export function tooManyRequests(by: string, { limitText }: Pick<NamedThrottle, 'limitText'>): RestError {
  const reason = `throttled by the ${by} (${limitText})`;
  return restError('THROTTLED', 'TooManyRequestsException', 429, 'Too Many Requests', reason);
}

export function limitExceeded({ quota }: KeyUsage): RestError {
  const reason = `the quota of the usage plan (${quota.text}) is used up`;
  return restError('QUOTA_EXCEEDED', 'LimitExceededException', 429, 'Limit Exceeded', reason);
}

export function invalidBody(): RestError {
  const reason = 'the request validator refused the body';
  return restError('BAD_REQUEST_BODY', 'BadRequestException', 400, 'Invalid request body', reason);
}

/** @param names the parameters that the request lacks */
export function missingParameters(names: readonly string[]): RestError {
  const message = `Missing required request parameters: [${names.join(', ')}]`;
  const reason = 'the request validator refused the parameters';
  return restError('BAD_REQUEST_PARAMETERS', 'BadRequestException', 400, message, reason);
}

export function unsupportedMediaType(reason: string): RestError {
  return restError('UNSUPPORTED_MEDIA_TYPE', 'BadRequestException', 415, 'Unsupported Media Type', reason);
}

export function bodyTooLarge(reason: string): RestError {
  const message = 'Request Too Long';
  return { ...gatewayError(413, message, reason), error: { type: 'REQUEST_TOO_LARGE', message } };
}

export function internalError(reason: string): RestError {
  return restError(undefined, INTERNAL_ERROR, 500, 'Internal server error', reason);
}

/** The integration responses of a method do not fit. */
export function configurationError(reason: string): RestError {
  return restError('API_CONFIGURATION_ERROR', INTERNAL_ERROR, 500, 'Internal server error', reason);
}

export function timedOut({ timeoutMs }: RestRouteDeployment): RestError {
  const reason = `no response within ${timeoutMs / 1000} s`;
  return restError('INTEGRATION_TIMEOUT', INTERNAL_ERROR, 504, 'Endpoint request timed out', reason);
}

/** Converts the error of an invocation. @throws the same error when the local run caused it */
export function invocationFailed(error: unknown): RestError {
  if (error instanceof RequestTooLargeError) return bodyTooLarge(error.message);
  // A REST API hides that Lambda throttled (Lambda developer guide, "Handling Lambda errors with an API Gateway API").
  if (error instanceof ThrottledError) return internalError(`${error.errorType}: ${error.message}`);
  if (error instanceof MalformedResultError) return badGateway(`the function's result is malformed: ${error.message}`);
  if (!(error instanceof InvocationError)) throw error;
  return { ...badGateway(`${error.errorType}: ${error.message}`), calls: error.calls };
}

const INTERNAL_ERROR = 'InternalServerErrorException';

function badGateway(reason: string): RestError {
  return restError(undefined, INTERNAL_ERROR, 502, 'Internal server error', reason);
}

function restError(
  type: GatewayResponseType | undefined,
  errorType: string,
  status: number,
  message: string | null,
  reason: string,
): RestError {
  return { ...gatewayError(status, message, reason, [['x-amzn-ErrorType', errorType]]), error: { type, message } };
}
