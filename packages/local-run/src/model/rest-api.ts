/** A REST API as plain data: its methods, MOCK integrations, gateway responses and usage plans. */
import type { ResourceStatement } from './policy';
import type { ApiDeploymentBase, RouteDeployment, ThrottleDeployment } from './api';

export interface RestApiDeployment extends ApiDeploymentBase<RestRouteDeployment> {
  readonly kind: 'rest-api';
  readonly deploymentId: string;
  readonly usagePlans: readonly UsagePlanDeployment[];
  readonly gatewayResponses?: readonly GatewayResponseDeployment[];
  /** Who may call the API. Absent: the API has no policy. */
  readonly policy?: ApiPolicyDeployment;
  /** Media types whose bodies are binary, such as `image/png` or a wildcard. Absent: all bodies are text. */
  readonly binaryMediaTypes?: readonly string[];
}

/** The policy of a REST API. */
export interface ApiPolicyDeployment {
  /** ARN of the API's stage. Statements name it with a method and a path. */
  readonly stageArn: string;
  readonly statements: readonly ResourceStatement[];
}

export interface RestRouteDeployment extends RouteDeployment {
  readonly resourceId: string;
  readonly apiKeyRequired: boolean;
  /** Parameters that a request must have. Without one, the gateway refuses the request and invokes no function. */
  readonly requiredParameters?: readonly RequestParameter[];
  /** JSON Schema of request bodies. The gateway refuses a body that does not match, and invokes no function. */
  readonly bodySchema?: object;
  /** The gateway answers itself. `functionArn` is empty. */
  readonly mock?: MockDeployment;
}

export interface RequestParameter {
  readonly in: 'header' | 'querystring' | 'path';
  readonly name: string;
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
  /** Expressions by header name: `'*'` in single quotes, or a value such as `context.requestId`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Mapping templates of the body by media type. They can override headers and the status. */
  readonly templates: Readonly<Record<string, string>>;
}

export interface UsagePlanDeployment {
  readonly name: string;
  /** Applies to each API key of the plan separately. */
  readonly throttle: ThrottleDeployment;
  /** Override the throttle for each API key, by route key: `GET /pets/{id}`. */
  readonly methodThrottles?: Readonly<Record<string, ThrottleDeployment>>;
  /** The maximum number of requests for each API key in each period. */
  readonly quota?: QuotaDeployment;
  readonly keys: readonly { readonly id: string; readonly value: string }[];
}

export interface QuotaDeployment {
  readonly limit: number;
  /** Requests that the first period has fewer than the limit. @default 0 */
  readonly offset?: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
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
