/** A deployment as plain data: tables, functions, roles and APIs of one stack. */
import type { Statement } from './policy';

export interface TableDeployment {
  readonly name: string;
  readonly arn: string;
  readonly keySchema: readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
}

export interface FunctionDeployment {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly region: string;
  readonly runtime: string;
  readonly handler: string;
  /** Absolute path of the archive. */
  readonly archive: string;
  /** SHA-256 that the archive must have, in base64. */
  readonly archiveHash: string | undefined;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** Instances at most; undefined: as many as the account lets run. */
  readonly reservedConcurrency?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: string;
  readonly logLevel: string | undefined;
}

/** A role, and what its inline policies have about DynamoDB. */
export interface RoleDeployment {
  readonly name: string;
  readonly arn: string;
  /** Addresses of its policies: `aws_iam_role_policy.function`. */
  readonly policies: readonly string[];
  readonly statements: readonly Statement[];
  /** Allowed actions of services that the local run does not have. */
  readonly otherActions: readonly string[];
}

export interface RouteDeployment {
  /** `GET /items/{id}`. */
  readonly routeKey: string;
  readonly functionArn: string;
  /** How long the gateway waits for the integration. */
  readonly timeoutMs: number;
  /** Whether a permission lets this API invoke the function for this route. */
  readonly permitted: boolean;
  /** The route's own, in place of the stage's. */
  readonly throttle?: ThrottleDeployment;
  /** A request that it takes; for the console page. */
  readonly example?: { readonly body?: unknown; readonly query?: readonly string[] };
}

export interface RestRouteDeployment extends RouteDeployment {
  readonly resourceId: string;
  readonly apiKeyRequired: boolean;
  /** JSON Schema by which the gateway itself refuses bodies. */
  readonly bodySchema?: object;
}

/** Requests a second, and at once. */
export interface ThrottleDeployment {
  readonly rate: number;
  readonly burst: number;
}

export interface UsagePlanDeployment {
  readonly name: string;
  /** Of each of its keys. */
  readonly throttle: ThrottleDeployment;
  /** Of each of its keys: requests a period. */
  readonly quota?: QuotaDeployment;
  readonly keys: readonly { readonly id: string; readonly value: string }[];
}

export interface QuotaDeployment {
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
}

/** What an HTTP API answers in the function's place to a browser that asks from another origin. */
export interface CorsDeployment {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  /** `*`, `https://*`, or whole origins. */
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number | undefined;
}

interface ApiDeploymentBase<R extends RouteDeployment> {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly throttle: ThrottleDeployment;
  readonly routes: readonly R[];
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
  /** The roles of the functions, and others that the stack has. */
  readonly roles: readonly RoleDeployment[];
  readonly apis: readonly ApiDeployment[];
  /** Sensitive ones too: there is nobody else on this machine to hide them from. */
  readonly outputs: Readonly<Record<string, unknown>>;
}
