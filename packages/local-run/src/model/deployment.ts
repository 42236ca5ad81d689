/** The deployment of one stack as plain data: its tables, functions, roles and APIs. */
import type { NotSimulated } from './not-simulated';
import type { Statement } from './policy';

export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];

export interface TableDeployment {
  readonly name: string;
  readonly arn: string;
  readonly keySchema: KeySchema;
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  /** Global secondary indexes. Each contains all attributes. */
  readonly indexes?: readonly IndexDeployment[];
}

export interface IndexDeployment {
  readonly name: string;
  readonly keySchema: KeySchema;
}

export interface FunctionDeployment {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly region: string;
  readonly runtime: string;
  /** The version that an alias or a version leads to. Invocations without a qualifier report $LATEST. @default $LATEST */
  readonly version?: string | undefined;
  readonly handler: string;
  /** Absolute path of the archive. */
  readonly archive: string;
  /** SHA-256 of the archive, in base64. */
  readonly archiveHash: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** Maximum number of concurrent instances. Undefined: the function has no limit. */
  readonly reservedConcurrency?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: string;
  readonly logLevel: string | undefined;
}

/** A role with the DynamoDB statements of its inline policies. */
export interface RoleDeployment {
  readonly name: string;
  readonly arn: string;
  /** Addresses of the role's inline policies, such as `aws_iam_role_policy.function`. */
  readonly policies: readonly string[];
  readonly statements: readonly Statement[];
  /** Allowed actions of services other than DynamoDB. The local run does not emulate these services. */
  readonly otherActions: readonly string[];
}

export interface RouteDeployment {
  /** `GET /items/{id}`. */
  readonly routeKey: string;
  /** The ARN of the function, without a qualifier. Empty when the route is not simulated. */
  readonly functionArn: string;
  /** The alias or version that the integration invokes. */
  readonly qualifier?: string;
  /** Present: the route answers 501, because it depends on these parts of the Terraform. */
  readonly notSimulated?: readonly NotSimulated[];
  /** The timeout of the integration. */
  readonly timeoutMs: number;
  /** Whether a permission lets this API invoke the function for this route. */
  readonly permitted: boolean;
  /** Overrides the throttle of the stage. */
  readonly throttle?: ThrottleDeployment;
  /** Who may call the route. Absent: everybody. */
  readonly authorization?: RouteAuthorization;
  /** An example request, which the console page offers. */
  readonly example?: RequestExample;
}

export interface RequestExample {
  readonly body?: unknown;
  /** Names of query parameters. */
  readonly query?: readonly string[];
  /** Values of path and query parameters by name. */
  readonly values?: Readonly<Record<string, string>>;
}

export type RouteAuthorization =
  IamAuthorization | JwtAuthorization | CognitoAuthorization | HttpLambdaAuthorization | RestLambdaAuthorization;

/** The caller signs the request with AWS credentials. */
export interface IamAuthorization {
  readonly kind: 'iam';
}

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

export interface RestRouteDeployment extends RouteDeployment {
  readonly resourceId: string;
  readonly apiKeyRequired: boolean;
  /** JSON Schema of request bodies. The gateway refuses a body that does not match, and invokes no function. */
  readonly bodySchema?: object;
  /** The gateway answers itself. `functionArn` is empty. */
  readonly mock?: MockDeployment;
}

/** A MOCK integration, such as the answer to preflight requests. */
export interface MockDeployment {
  /** Mapping templates by content type of the request. Each selects a status: `{"statusCode": 204}`. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  /** What happens to a request without a template for its content type. */
  readonly passthrough: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly responses: readonly MockResponse[];
}

export interface MockResponse {
  readonly status: number;
  /** A regular expression for the selected status. Undefined: the response for all other statuses. */
  readonly pattern?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Mapping templates of the body by media type. They can override headers and the status. */
  readonly templates: Readonly<Record<string, string>>;
}

/** API Gateway's types of its own responses (developer guide, "Gateway response types for API Gateway"). */
export const GATEWAY_RESPONSE_TYPES = [
  ...(['ACCESS_DENIED', 'API_CONFIGURATION_ERROR', 'AUTHORIZER_CONFIGURATION_ERROR', 'AUTHORIZER_FAILURE'] as const),
  ...(['BAD_REQUEST_BODY', 'BAD_REQUEST_PARAMETERS', 'DEFAULT_4XX', 'DEFAULT_5XX', 'EXPIRED_TOKEN'] as const),
  ...(['INTEGRATION_FAILURE', 'INTEGRATION_TIMEOUT', 'INVALID_API_KEY', 'INVALID_SIGNATURE'] as const),
  ...(['MISSING_AUTHENTICATION_TOKEN', 'QUOTA_EXCEEDED', 'REQUEST_TOO_LARGE', 'RESOURCE_NOT_FOUND'] as const),
  ...(['THROTTLED', 'UNAUTHORIZED', 'UNSUPPORTED_MEDIA_TYPE', 'WAF_FILTERED'] as const),
];

export type GatewayResponseType = (typeof GATEWAY_RESPONSE_TYPES)[number];

/** Changes the responses of API Gateway itself of one type. */
export interface GatewayResponseDeployment {
  readonly type: GatewayResponseType;
  /** Undefined: the status of the error. */
  readonly status: number | undefined;
  /** Expressions by header name: `'*'` in single quotes, or a value such as `context.requestId`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bodies by media type, with variables such as `$context.error.message`. */
  readonly templates: Readonly<Record<string, string>>;
}

/** A token bucket: `rate` tokens are added each second, and the bucket holds at most `burst` tokens. */
export interface ThrottleDeployment {
  readonly rate: number;
  readonly burst: number;
}

export interface UsagePlanDeployment {
  readonly name: string;
  /** Applies to each API key of the plan separately. */
  readonly throttle: ThrottleDeployment;
  /** The maximum number of requests for each API key in each period. */
  readonly quota?: QuotaDeployment;
  readonly keys: readonly { readonly id: string; readonly value: string }[];
}

export interface QuotaDeployment {
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
}

/** The CORS configuration of an HTTP API. With it, the gateway answers preflight requests and sets the CORS headers itself. */
export interface CorsDeployment {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  /** Origins such as `https://example.com`, or a wildcard: `*`, `http://*` or `https://*`. */
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** How long a browser may cache a preflight response, in seconds. */
  readonly maxAge: number | undefined;
}

interface ApiDeploymentBase<R extends RouteDeployment> {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly throttle: ThrottleDeployment;
  readonly routes: readonly R[];
  /** Present: every request is answered with 501, because the API depends on these parts of the Terraform. */
  readonly notSimulated?: readonly NotSimulated[];
  /** The API's OpenAPI document as JSON text. Absent when the stack has none. */
  readonly openApi?: string;
}

export interface HttpApiDeployment extends ApiDeploymentBase<RouteDeployment> {
  readonly kind: 'http-api';
  readonly cors?: CorsDeployment;
}

export interface RestApiDeployment extends ApiDeploymentBase<RestRouteDeployment> {
  readonly kind: 'rest-api';
  readonly deploymentId: string;
  readonly usagePlans: readonly UsagePlanDeployment[];
  readonly gatewayResponses?: readonly GatewayResponseDeployment[];
}

export type ApiDeployment = HttpApiDeployment | RestApiDeployment;

export interface Deployment {
  readonly stack: string;
  readonly tables: readonly TableDeployment[];
  readonly functions: readonly FunctionDeployment[];
  /** All roles of the stack. */
  readonly roles: readonly RoleDeployment[];
  readonly apis: readonly ApiDeployment[];
  /** The resources that have no effect on one machine, as phrases: `6 alarms`. */
  readonly inert: readonly string[];
  /** The parts of the Terraform that decide about responses and are not simulated. */
  readonly notSimulated: readonly NotSimulated[];
  /** The outputs that are known on this machine, including sensitive outputs: the developer may see them. */
  readonly outputs: Readonly<Record<string, unknown>>;
}
