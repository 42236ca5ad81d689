/** Stack `items`: a table, an HTTP API, and one function for all routes or one function for each route. */
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { FunctionCode } from '../constructs/function-code';
import { HttpApi, type HttpApiRoute } from '../constructs/http-api';
import { NodejsFunction } from '../constructs/nodejs-function';
import { Table } from '../constructs/table';
import { operationNeeds } from '../function/crud/contract';
import { items } from '../function/items/contract';
import { exampleOf } from './examples';
import { type Bundles, bundleOf } from './build-functions';
import { functionProps, httpApiProps, tableProps } from './construct-props';
import type { Settings } from './settings';
import { SystemStack } from './system-stack';

/** First part of the resource names. */
const SYSTEM = 'http-crud-tutorial';

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
    const actions = items.routes.flatMap(({ operation }) => operationNeeds[operation].actions);
    const target = this.createFunction('function', '', actions);
    return items.routes.map((route) => routeTo(target, route));
  }

  /** Creates a function for each route, all from the same archive. Each role allows only the actions of its route. */
  private createFunctionPerRoute(): HttpApiRoute[] {
    return items.routes.map((route) => {
      const { operation } = route;
      const { actions } = operationNeeds[operation];
      return routeTo(this.createFunction(operation, `-${operation}`, actions), route);
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

function routeTo(target: NodejsFunction, route: (typeof items.routes)[number]): HttpApiRoute {
  return { method: route.method, path: route.path, function: target, example: exampleOf(items, route.operation) };
}
