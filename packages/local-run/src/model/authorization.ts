/** Who may call a route of an API. */

export type RouteAuthorization =
  IamAuthorization | JwtAuthorization | CognitoAuthorization | HttpLambdaAuthorization | RestLambdaAuthorization;

/** The caller signs the request with AWS credentials. */
export interface IamAuthorization {
  readonly kind: 'iam';
  /** ARN of the API's stage. Policies name it with a method and a path. @default the caller needs a permission for the function */
  readonly stageArn?: string;
  /** The callers of a function URL to whom permissions of the function allow an action: `*`, or ARNs of roles. @default nobody */
  readonly principals?: Readonly<Record<FunctionUrlAction, readonly string[]>>;
}

/**
 * What a caller of a function URL with AWS_IAM needs. URLs made before October 2025 need the first action only (Lambda developer
 * guide, "Control access to Lambda function URLs").
 */
export type FunctionUrlAction = 'lambda:InvokeFunctionUrl' | 'lambda:InvokeFunction';

/** The caller sends a token of this issuer. */
export interface JwtAuthorization {
  readonly kind: 'jwt';
  readonly issuer: string;
  /** The token must be for an audience in this list. */
  readonly audience: readonly string[];
  /** The token must have a scope in this list, unless the list is empty. */
  readonly scopes: readonly string[];
}

/** The caller sends a token of one of these Cognito user pools. REST APIs only. */
export interface CognitoAuthorization {
  readonly kind: 'cognito';
  /** Issuers of the pools: `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI`. */
  readonly issuers: readonly string[];
  /** The header with the token, in lower case. */
  readonly header: string;
  /** A regular expression that the whole header must match. */
  readonly tokenPattern?: string;
  /** An access token must have a scope in this list. If the list is empty, the caller sends an identity token. */
  readonly scopes: readonly string[];
}

/** A value of the request that identifies the caller to a Lambda authorizer. */
export interface IdentitySource {
  readonly in: 'header' | 'query' | 'context' | 'stageVariables';
  readonly name: string;
}

interface LambdaAuthorizer {
  /** The id of the authorizer. Routes with the same authorizer share its cache. */
  readonly id: string;
  readonly functionArn: string;
  /** The alias or version that the authorizer invokes. */
  readonly qualifier?: string;
  /** Whether a permission lets API Gateway invoke the function for this authorizer. */
  readonly permitted: boolean;
  readonly identitySources: readonly IdentitySource[];
  /** How long API Gateway caches a result, in seconds. 0: it caches none. */
  readonly cacheSeconds: number;
  /** ARN of the API's stage: `arn:aws:execute-api:us-east-1:000000000000:abcdef1234/prod`. Policies name it with a method and a path. */
  readonly stageArn: string;
}

/** A function decides about requests to an HTTP API. */
export interface HttpLambdaAuthorization extends LambdaAuthorizer {
  readonly kind: 'http-lambda';
  readonly payloadFormat: '1.0' | '2.0';
  /** Whether the function returns `isAuthorized` in place of a policy. */
  readonly simpleResponses: boolean;
}

/** A function decides about requests to a REST API. */
export interface RestLambdaAuthorization extends LambdaAuthorizer {
  readonly kind: 'rest-lambda';
  /** TOKEN: the function receives the value of one header. REQUEST: it receives the request. */
  readonly type: 'TOKEN' | 'REQUEST';
  /** A regular expression that the whole token must match. */
  readonly tokenPattern?: string;
}
