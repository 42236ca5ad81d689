/** Creates all resources of one API from its contract: table, functions, roles, HTTP or REST API, permissions and outputs. */
import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Api } from '../function/contract/api';
import {
  allKeyFields,
  type ContractRoute,
  fieldSchema,
  keyFields,
  modelOf,
  routesOf,
} from '../function/contract/model';
import { ApiDomain } from './api-domain';
import { writeApiFiles } from './api-files';
import { ApiKeys, FIRST_API_KEY } from './api-keys';
import { requestExample } from './contract-examples';
import { corsOf } from './cors';
import { httpAuthOf, restAuthOf } from './crud-api-auth';
import { CrudApiFunctions } from './crud-api-functions';
import { type CrudApiProps, withDefaults } from './crud-api-props';
import { keyArnOf } from './encryption';
import { FunctionCode } from './function-code';
import { HttpApi } from './http-api';
import type { LambdaAuthorizer } from './lambda-authorizer';
import type { NodejsFunction } from './nodejs-function';
import { modelSchema } from './rest-model';
import { RestApi } from './rest-api';
import { type KeyType, Table } from './table';
import { limitThrottle } from './throttle';

/**
 * Creates the API. Terraform addresses do not contain the id: `aws_dynamodb_table.table`, `aws_lambda_function.function`.
 * Therefore a stack can have only one CrudApi.
 * @throws Error when the stack already has a CrudApi
 * @example new CrudApi(stack, 'orders', { contract: orders, bundle })
 */
export class CrudApi extends Construct {
  readonly table: Table;
  /** The function of each route, by route key. Without `functionPerRoute`, all routes have the same function. */
  readonly functions: ReadonlyMap<string, NodejsFunction>;
  /** The functions of the contract's authorizers, by name. */
  readonly authorizers: Readonly<Record<string, LambdaAuthorizer>>;
  readonly api: HttpApi | RestApi;
  /** The address of the API, without a trailing slash: at its domain name, or at API Gateway's default endpoint. */
  readonly url: string;
  private readonly props: ReturnType<typeof withDefaults>;
  private readonly routes: readonly ContractRoute[];

  constructor(
    private readonly scope: Construct,
    id: string,
    props: CrudApiProps,
  ) {
    super(scope, id);
    this.refuseSecondApi();
    this.props = withDefaults(props);
    this.routes = routesOf(props.contract);
    this.table = this.createTable();
    const { routes, table } = this;
    const code = new FunctionCode(scope, 'code', { bundle: props.bundle });
    const functions = new CrudApiFunctions(this, 'functions', { api: this.props, routes, table, code });
    this.functions = functions.byRoute;
    this.authorizers = functions.authorizers;
    const api = props.contract.gateway === 'http-api' ? this.createHttpApi() : this.createRestApi();
    this.api = api;
    this.url = this.createDomain() ?? api.url;
    writeApiFiles(api.resource, props.contract, api instanceof RestApi ? this.props.stage : undefined);
    this.createOutputs();
    if (api instanceof RestApi) this.createApiKeys(api);
  }

  /** The functions of routes and authorizers. */
  get allFunctions(): readonly NodejsFunction[] {
    const authorizers = Object.values(this.authorizers).map(({ function: target }) => target);
    return [...new Set([...this.functions.values(), ...authorizers])];
  }

  get contract(): Api {
    return this.props.contract;
  }

  /** Whether callers must use the domain name. */
  private get closesDefaultEndpoint(): boolean {
    return this.props.domainName !== '' && !this.props.keepDefaultEndpoint;
  }

  private refuseSecondApi(): void {
    const stack = TerraformStack.of(this);
    const others = stack.node.findAll().filter((other) => other instanceof CrudApi && other !== this);
    if (others.length === 0) return;
    throw new Error(
      `The stack ${stack.node.id} has the APIs ${others[0]?.node.id} and ${this.node.id}, whose resources would have the same ` +
        'Terraform addresses. Give each API a stack.',
    );
  }

  private createTable(): Table {
    const { contract, tableName, tableId, encryption, deletionProtection, maxReadUnits, maxWriteUnits } = this.props;
    const [key = '', sortKey] = keyFields(contract.key);
    const indexes = Object.entries(contract.indexes ?? {}).map(([name, index]) => {
      const [indexKey = '', indexSortKey] = keyFields(index.key);
      return { name, key: indexKey, sortKey: indexSortKey };
    });
    return new Table(this.scope, tableId, {
      name: tableName,
      key,
      sortKey,
      keyTypes: Object.fromEntries(allKeyFields(contract).map((name) => [name, this.keyType(name)])),
      indexes,
      ttl: modelOf(contract).ttl,
      ...{ encryption, deletionProtection, maxReadUnits, maxWriteUnits },
    });
  }

  private keyType(name: string): KeyType {
    const { contract } = this.props;
    const schema = fieldSchema(contract, name);
    const { ttl } = modelOf(contract);
    // The time of expiry is a date-time in JSON, but a number of seconds in the table.
    return name === ttl || [schema?.type].flat().some((type) => type === 'number' || type === 'integer') ? 'N' : 'S';
  }

  private createHttpApi(): HttpApi {
    const { contract, apiName, throttleRate, throttleBurst, logRetentionDays, accessLog } = this.props;
    return new HttpApi(this.scope, 'api', {
      name: apiName,
      routes: this.routes.map((route) => ({ ...this.gatewayRoute(route), auth: httpAuthOf(contract, route) })),
      jwt: contract.auth?.jwt,
      authorizers: this.authorizers,
      disableDefaultEndpoint: this.closesDefaultEndpoint,
      cors: corsOf(contract),
      ...{ throttleRate, throttleBurst, logRetentionDays, accessLog, keyArn: keyArnOf(this.props.encryption) },
    });
  }

  private createRestApi(): RestApi {
    const { contract, apiName, stage, xrayTracing, throttleRate, throttleBurst, logRetentionDays, accessLog } =
      this.props;
    return new RestApi(this.scope, 'api', {
      name: apiName,
      stage,
      routes: this.routes.map((route) => ({
        ...this.gatewayRoute(route),
        auth: restAuthOf(contract, route),
        bodySchema: this.props.requestValidation ? this.bodySchema(route) : undefined,
      })),
      authorizers: this.authorizers,
      disableDefaultEndpoint: this.closesDefaultEndpoint,
      userPoolArns: contract.auth?.cognito?.userPoolArns,
      cors: corsOf(contract),
      ...{ xrayTracing, throttleRate, throttleBurst, logRetentionDays, accessLog },
      keyArn: keyArnOf(this.props.encryption),
    });
  }

  /** @returns the address at the domain name, or undefined when the API has none */
  private createDomain(): string | undefined {
    const { domainName, hostedZoneId } = this.props;
    if (domainName === '') return undefined;
    const { resource, stageName: stage } = this.api;
    return new ApiDomain(this.scope, 'domain', { domainName, hostedZoneId, apiId: resource.id, stage }).url;
  }

  private gatewayRoute(route: ContractRoute) {
    const { routeKey, method, path } = route;
    const target = this.functions.get(routeKey);
    if (!target) throw new Error(`The route ${routeKey} has no function.`);
    const example = this.props.examples[routeKey] ?? requestExample(this.props.contract, route);
    const throttle = limitThrottle(route.route.throttle, this.props.maxThrottle);
    return { method, path, function: target, throttle, example };
  }

  private bodySchema(route: ContractRoute): object | undefined {
    return this.props.bodySchemas[route.routeKey] ?? modelSchema(this.props.contract, route);
  }

  private createOutputs(): void {
    const { functionPerRoute } = this.props;
    const names = [...this.functions].map(([routeKey, target]) => [routeKey, target.name] as const);
    new TerraformOutput(this.scope, 'url', { value: this.url });
    new TerraformOutput(this.scope, 'table_name', { value: this.table.name });
    new TerraformOutput(this.scope, 'function_name', {
      value: functionPerRoute ? Object.fromEntries(names) : names[0]?.[1],
    });
  }

  /** Creates the API keys for all routes with the auth `apiKey`; creates none when no route has it. */
  private createApiKeys(api: RestApi): void {
    const { contract, apiKeyName, apiKeys = [FIRST_API_KEY], usagePlanName } = this.props;
    const { apiKeyThrottleRate, apiKeyThrottleBurst } = this.props;
    if (!this.routes.some((route) => restAuthOf(contract, route) === 'apiKey')) return;
    const keys = new ApiKeys(this.scope, 'key', {
      name: apiKeyName,
      keys: apiKeys,
      usagePlanName,
      api,
      throttleRate: apiKeyThrottleRate,
      throttleBurst: apiKeyThrottleBurst,
    });
    new TerraformOutput(this.scope, 'api_key', { value: keys.value, sensitive: true });
  }
}
