/** Stack `items`: a table, one function or one per route, and an HTTP API. */
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { FunctionCode } from '../constructs/function-code';
import { HttpApi, type HttpApiRoute } from '../constructs/http-api';
import { NodejsFunction } from '../constructs/nodejs-function';
import { Table } from '../constructs/table';
import { routesOf } from '../function/contract/model';
import { needsOf } from '../function/contract/needs';
import { items } from '../function/items/contract';
import { exampleOf } from './examples';
import { type Bundles, bundleOf } from './build-functions';
import { functionProps, httpApiProps, tableProps } from './construct-props';
import type { Settings } from './settings';
import { SystemStack } from './system-stack';

const SYSTEM = 'http-crud-tutorial';

/** The functions of routes, by operation. */
const FUNCTIONS = { put: 'put', read: 'get', list: 'list', delete: 'delete' } as const;

type ItemsRoute = ReturnType<typeof routesOf<typeof items>>[number];

export class ItemsStack extends SystemStack {
  static readonly entry = 'function/items/index.ts';

  private readonly table: Table;
  private readonly code: FunctionCode;

  constructor(scope: Construct, settings: Settings, bundles: Bundles) {
    super(scope, items.name, settings);
    this.table = this.createTable();
    this.code = new FunctionCode(this, 'code', { bundle: bundleOf(ItemsStack, bundles) });
    const routes = settings.functionPerRoute ? this.createFunctionPerRoute() : this.createSharedFunction();
    const api = this.createApi(routes);
    this.createOutputs(api, routes);
  }

  private createTable(): Table {
    return new Table(this, 'items', {
      name: this.name(SYSTEM, 'items'),
      key: items.key,
      ...tableProps(this.settings),
    });
  }

  /** Creates one function for all routes. Its role allows the actions of all routes. */
  private createSharedFunction(): HttpApiRoute[] {
    const actions = routesOf(items).flatMap(({ routeKey }) => needsOf(items, routeKey).tableActions);
    const target = this.createFunction('function', '', actions);
    return routesOf(items).map((route) => routeTo(target, route));
  }

  /** Creates a function for each route, all from the same archive. Each role allows only the actions of its route. */
  private createFunctionPerRoute(): HttpApiRoute[] {
    return routesOf(items).map((route) => {
      const name = FUNCTIONS[route.route.operation];
      return routeTo(this.createFunction(name, `-${name}`, needsOf(items, route.routeKey).tableActions), route);
    });
  }

  /**
   * Creates a function and allows it these DynamoDB actions on the table.
   * @param suffix makes the names of the function and of its role unique
   */
  private createFunction(id: string, suffix: string, actions: readonly string[]): NodejsFunction {
    const target = new NodejsFunction(this, id, {
      name: this.name(SYSTEM, `function${suffix}`),
      roleName: this.name(SYSTEM, `role${suffix}`),
      code: this.code,
      service: items.name,
      ...functionProps(this.settings),
    });
    this.table.grant(target, actions);
    return target;
  }

  private createApi(routes: readonly HttpApiRoute[]): HttpApi {
    return new HttpApi(this, 'api', {
      name: this.name(SYSTEM, 'api'),
      routes,
      ...httpApiProps(this.settings),
    });
  }

  private createOutputs(api: HttpApi, routes: readonly HttpApiRoute[]): void {
    new TerraformOutput(this, 'url', { value: api.url });
    new TerraformOutput(this, 'table_name', { value: this.table.name });
    new TerraformOutput(this, 'function_name', {
      value: this.settings.functionPerRoute
        ? Object.fromEntries(routes.map((route) => [`${route.method} ${route.path}`, route.function.name]))
        : routes[0]?.function.name,
    });
  }
}

function routeTo(target: NodejsFunction, { method, path, route }: ItemsRoute): HttpApiRoute {
  return { method, path, function: target, example: exampleOf(items, route.operation) };
}
