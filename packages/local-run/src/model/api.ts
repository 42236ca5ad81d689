/** What HTTP APIs and REST APIs have in common: routes and throttles. */
import type { RouteAuthorization } from './authorization';
import type { NotSimulated } from './not-simulated';

/** An API at one of its stages. An API with several stages occurs once for each stage, with the same address. */
export interface ApiDeploymentBase<R extends RouteDeployment> {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  /** The account of the API's ARN. @default ACCOUNT_ID */
  readonly account?: string;
  readonly stage: string;
  /** Absent: the stage has no variables. */
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly throttle: ThrottleDeployment;
  readonly routes: readonly R[];
  /** Present: every request is answered with 501, because the API depends on these parts of the Terraform. */
  readonly notSimulated?: readonly NotSimulated[];
  /** The API's OpenAPI document as JSON text. Absent when the stack has none. */
  readonly openApi?: string;
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

/** A token bucket: `rate` tokens are added each second, and the bucket holds at most `burst` tokens. */
export interface ThrottleDeployment {
  readonly rate: number;
  readonly burst: number;
}
