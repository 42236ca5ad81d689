/** The functions of an API: one for all routes or one for each route, and one for each authorizer. */
import { Construct } from 'constructs';
import type { ContractRoute } from '../function/contract/model';
import { needsOf } from '../function/contract/needs';
import type { Variable } from '../function/http/variables';
import { authorizersOf, authorizerWord } from './crud-api-auth';
import type { CrudApiProps, withDefaults } from './crud-api-props';
import { keyArnOf } from './encryption';
import { FunctionCode } from './function-code';
import type { LambdaAuthorizer } from './lambda-authorizer';
import { MAX_NAME_CHARACTERS, NodejsFunction } from './nodejs-function';
import { routeWords } from './route-words';
import { shortName } from './short-name';
import type { Table } from './table';

export interface CrudApiFunctionsProps {
  readonly api: ReturnType<typeof withDefaults> & CrudApiProps;
  readonly routes: readonly ContractRoute[];
  readonly table: Table;
  readonly code: FunctionCode;
}

export class CrudApiFunctions extends Construct {
  /** The function of each route, by route key. Without `functionPerRoute`, all routes have the same function. */
  readonly byRoute: ReadonlyMap<string, NodejsFunction>;
  /** The authorizers by name. */
  readonly authorizers: Readonly<Record<string, LambdaAuthorizer>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CrudApiFunctionsProps,
  ) {
    super(scope, id);
    this.byRoute = props.api.functionPerRoute ? this.createFunctionPerRoute() : this.createSharedFunction();
    this.authorizers = this.createAuthorizers();
  }

  private createSharedFunction(): ReadonlyMap<string, NodejsFunction> {
    const target = this.createFunction('function', '', this.props.routes);
    return new Map(this.props.routes.map(({ routeKey }) => [routeKey, target]));
  }

  private createFunctionPerRoute(): ReadonlyMap<string, NodejsFunction> {
    const words = routeWords(
      this.props.routes,
      authorizersOf(this.props.api.contract).map(([name]) => authorizerWord(name)),
    );
    return new Map(
      this.props.routes.map((route) => {
        const word = this.props.api.functionWords[route.routeKey] ?? words.get(route.routeKey) ?? '';
        return [route.routeKey, this.createFunction(word, `-${word}`, [route])];
      }),
    );
  }

  /**
   * Creates a function whose role allows only the actions of these routes.
   * @param suffix end of the names of the function and its role; may be empty
   */
  private createFunction(id: string, suffix: string, routes: readonly ContractRoute[]): NodejsFunction {
    const { api, code, table } = this.props;
    const { contract, maxBodyBytes, metricsNamespace } = api;
    const target = this.createNodejsFunction(id, suffix, code);
    if (maxBodyBytes !== 0) target.setVariable('MAX_BODY_BYTES' satisfies Variable, String(maxBodyBytes));
    if (metricsNamespace !== '') target.setVariable('METRICS_NAMESPACE' satisfies Variable, metricsNamespace);
    this.addCors(target);
    const needs = routes.map(({ routeKey }) => needsOf(contract, routeKey));
    if (target.keyPolicy) table.needsPolicy(target.keyPolicy);
    table.grant(
      target,
      needs.flatMap(({ tableActions }) => tableActions),
    );
    table.grantIndexes(
      target,
      needs.flatMap(({ indexes }) => indexes),
    );
    return target;
  }

  /** Creates a function whose role allows only log lines. @param suffix end of the names of the function and its role */
  private createNodejsFunction(id: string, suffix: string, code: FunctionCode): NodejsFunction {
    const { contract, functionName, roleName } = this.props.api;
    const { runtime, memoryMb, timeoutSeconds, logLevel, logRetentionDays, permissionsBoundary } = this.props.api;
    const { reservedConcurrency, xrayTracing, encryption, usableKeys, canary } = this.props.api;
    return new NodejsFunction(this, id, {
      name: suffix === '' ? functionName : shortName(functionName + suffix, MAX_NAME_CHARACTERS),
      roleName: suffix === '' ? roleName : shortName(roleName + suffix, MAX_NAME_CHARACTERS),
      code,
      service: contract.name,
      ...{ runtime, memoryMb, timeoutSeconds, logLevel, logRetentionDays, permissionsBoundary },
      ...{ reservedConcurrency, xrayTracing, canary, keyArn: keyArnOf(encryption), usableKeys },
    });
  }

  /** Creates the functions of the contract's authorizers. They have no access to the table. */
  private createAuthorizers(): Readonly<Record<string, LambdaAuthorizer>> {
    const { contract, authorizerBundles } = this.props.api;
    const authorizers = authorizersOf(contract).map(([name, { header, cacheSeconds }]) => {
      const bundle = authorizerBundles[name];
      if (!bundle) throw new Error(`authorizerBundles of ${contract.name} has no bundle of the authorizer ${name}.`);
      const word = authorizerWord(name);
      const code = new FunctionCode(this, `code-${word}`, { bundle });
      return [name, { function: this.createNodejsFunction(word, `-${word}`, code), header, cacheSeconds }] as const;
    });
    return Object.fromEntries(authorizers);
  }

  /** Lets a function of a REST API set the headers of CORS. An HTTP API sets them itself. */
  private addCors(target: NodejsFunction): void {
    const { gateway, cors } = this.props.api.contract;
    if (gateway === 'http-api' || !cors) return;
    target.setVariable('CORS_ORIGINS' satisfies Variable, cors.origins.join());
    if (cors.credentials === true) target.setVariable('CORS_CREDENTIALS' satisfies Variable, 'true');
  }
}
