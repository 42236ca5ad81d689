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
  /** The version that instances report. @default $LATEST */
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

export type RouteAuthorization = IamAuthorization | JwtAuthorization;

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

export interface RestRouteDeployment extends RouteDeployment {
  readonly resourceId: string;
  readonly apiKeyRequired: boolean;
  /** JSON Schema of request bodies. The gateway refuses a body that does not match, and invokes no function. */
  readonly bodySchema?: object;
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
