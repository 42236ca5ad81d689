/** Properties of CrudApi. */
import type { Api } from '../function/contract/api';
import type { Bundle } from './bundle';
import type { Encryption } from './encryption';
import { DEFAULT_RUNTIME, type NodeRuntime } from './node-runtime';
import type { RouteExample } from './route-example';
import type { Throttle } from './throttle';

export interface CrudApiProps {
  /** The contract. Its routes, keys, indexes, auth and CORS decide what is deployed. @example defineApi({ name: 'orders', ... }) */
  readonly contract: Api;
  /** The function's code, from `bundleFunctions`. */
  readonly bundle: Bundle;
  /** The code of the contract's authorizer functions, by the names of the authorizers. @default none */
  readonly authorizerBundles?: Readonly<Record<string, Bundle>>;

  /** Name of the table. @default the contract's name @example 'orders-staging' */
  readonly tableName?: string;
  /** Name of the function, at most 64 characters. @default `<name>-function` */
  readonly functionName?: string;
  /** Name of the function's role, at most 64 characters. @default `<name>-role` */
  readonly roleName?: string;
  /** Name of the API. @default `<name>-api` */
  readonly apiName?: string;
  /** Name of the API key, for contracts with the auth `apiKey`. @default `<name>-key` */
  readonly apiKeyName?: string;
  /**
   * The API keys, from the oldest to the newest: one, or two during a rotation. The output `api_key` is the newest.
   * @default ['a']
   */
  readonly apiKeys?: readonly string[] | undefined;
  /** Name of the API key's usage plan. @default `<name>-usage-plan` */
  readonly usagePlanName?: string;
  /** Construct id and Terraform name of the table. @default 'table' @example 'items' */
  readonly tableId?: string;

  /**
   * Whether each route has its own function. All functions run the same archive. Each role allows only the actions that its
   * route needs. Names of functions and roles end with the operation or the handler: `orders-function-create`.
   * @default false: one function serves all routes
   */
  readonly functionPerRoute?: boolean;
  /**
   * The last word of each function's name, by route key. It is the Terraform name, too. Used only with `functionPerRoute`.
   * @default the operation, or the handler's name
   * @example { 'GET /orders': 'search' }
   */
  readonly functionWords?: Readonly<Record<string, string>>;
  /** Lambda runtime of each function. @default 'nodejs22.x' */
  readonly runtime?: NodeRuntime;
  /** Memory of each function in MB, 128 to 10,240. Lambda gives CPU in proportion. @default 256 */
  readonly memoryMb?: number;
  /** Maximum duration of an invocation, in seconds. @default 10 */
  readonly timeoutSeconds?: number;
  /** Lowest level that functions log: TRACE, DEBUG, INFO, WARN, ERROR or FATAL. @default 'INFO' */
  readonly logLevel?: string;
  /** Days until a log line of functions and of the API expires. @default 14 */
  readonly logRetentionDays?: number;
  /** Whether the API writes an access log. @default true */
  readonly accessLog?: boolean;
  /** ARN of the permissions boundary of the functions' roles; empty for none. @default '' */
  readonly permissionsBoundary?: string;
  /** Concurrent invocations that Lambda reserves for each function, which is also the maximum. @default no reservation */
  readonly reservedConcurrency?: number | undefined;
  /**
   * Maximum size of a request body, in bytes; the function answers 413 to larger bodies, without parsing them.
   * 0 for the maximum of the contract: 1,000,000, or with `answers` Lambda's 6 MB. @default 0
   */
  readonly maxBodyBytes?: number;

  /** Sustained limit of each route without a `throttle`, in requests a second. API Gateway answers 429 above it. @default 1000 */
  readonly throttleRate?: number;
  /** Requests that may exceed the rate for a short time: the capacity of the throttle's token bucket. @default 500 */
  readonly throttleBurst?: number;
  /** Maximum of each route's `throttle`. @default the `throttle` of the contract */
  readonly maxThrottle?: Throttle | undefined;
  /** Sustained limit of the API key, in requests a second. @default 100 */
  readonly apiKeyThrottleRate?: number;
  /** Requests with the API key that may exceed its rate for a short time: the capacity of its token bucket. @default 20 */
  readonly apiKeyThrottleBurst?: number;
  /** Stage of a REST API: the first segment of every path. HTTP APIs have the stage `$default`, without a segment. @default 'prod' */
  readonly stage?: string;
  /**
   * Whether a REST API checks bodies against the contract before it invokes the function. The 400 of API Gateway does not name
   * the fault; the 400 of the function does. API Gateway checks no bodies of `update`, and HTTP APIs check no bodies at all:
   * there, only the function checks them.
   * @default false
   */
  readonly requestValidation?: boolean;
  /** JSON Schemas (draft 4) of raw bodies, by route key, for `requestValidation`. @default raw bodies are not checked */
  readonly bodySchemas?: Readonly<Record<string, object>>;
  /** Examples of requests by route key. @default made from the contract @example { 'POST /orders': { body: { sku: 'A-1' } } } */
  readonly examples?: Readonly<Record<string, RouteExample>>;
  /** Domain name of the API, for example `orders.example.com`; empty for none. @default '': callers use API Gateway's default endpoint */
  readonly domainName?: string;
  /** Id of the Route 53 hosted zone that contains the domain name. @default '' */
  readonly hostedZoneId?: string;
  /** Whether callers may also use API Gateway's default endpoint when the API has a domain name. @default false */
  readonly keepDefaultEndpoint?: boolean;
  /** Whether X-Ray traces the functions, and the requests of a REST API. @default false */
  readonly xrayTracing?: boolean;
  /** Whether CodeDeploy moves the aliases of the functions to new versions: see `Canary`. @default false */
  readonly canary?: boolean;
  /** CloudWatch namespace of the metrics in the functions' log lines; empty for no metrics. @default '' */
  readonly metricsNamespace?: string;
  /** The key that encrypts table, log groups and the variables of functions. @default 'AWS' */
  readonly encryption?: Encryption;
  /** ARNs of keys, or patterns, that the roles of the functions may use. @default the key of `encryption` */
  readonly usableKeys?: readonly string[] | undefined;
  /** Whether AWS refuses to delete the table. @default false: `cdktf destroy` deletes it with its data */
  readonly deletionProtection?: boolean;
  /** Ceiling of the read units a second, for the table and for each index: see `Table`. 0 for none. @default 0 */
  readonly maxReadUnits?: number;
  /** Ceiling of the write units a second, for the table and for each index: see `Table`. 0 for none. @default 0 */
  readonly maxWriteUnits?: number;
}

/** Fills in the default of each property that has one. */
export function withDefaults(props: CrudApiProps) {
  const { name } = props.contract;
  return {
    authorizerBundles: {} as Readonly<Record<string, Bundle>>,
    tableName: name,
    functionName: `${name}-function`,
    roleName: `${name}-role`,
    apiName: `${name}-api`,
    apiKeyName: `${name}-key`,
    usagePlanName: `${name}-usage-plan`,
    tableId: 'table',
    functionPerRoute: false,
    functionWords: {},
    runtime: DEFAULT_RUNTIME,
    memoryMb: 256,
    timeoutSeconds: 10,
    logLevel: 'INFO',
    logRetentionDays: 14,
    accessLog: true,
    permissionsBoundary: '',
    reservedConcurrency: undefined,
    maxBodyBytes: 0,
    throttleRate: 1000,
    throttleBurst: 500,
    maxThrottle: undefined,
    apiKeyThrottleRate: 100,
    apiKeyThrottleBurst: 20,
    stage: 'prod',
    requestValidation: false,
    bodySchemas: {},
    examples: {},
    domainName: '',
    hostedZoneId: '',
    keepDefaultEndpoint: false,
    xrayTracing: false,
    canary: false,
    metricsNamespace: '',
    encryption: 'AWS' as Encryption,
    deletionProtection: false,
    maxReadUnits: 0,
    maxWriteUnits: 0,
    ...props,
  };
}
