/** Stack `products`: a table, a function and a REST API. */
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { FunctionCode } from '../constructs/function-code';
import { NodejsFunction } from '../constructs/nodejs-function';
import { RestApi } from '../constructs/rest-api';
import { Table } from '../constructs/table';
import { routesOf } from '../function/contract/model';
import { needsOf } from '../function/contract/needs';
import { products } from '../function/products/contract';
import { exampleOf } from './examples';
import { type Bundles, bundleOf } from './build-functions';
import { functionProps, restApiProps, tableProps } from './construct-props';
import type { Settings } from './settings';
import { SystemStack } from './system-stack';

export class ProductsStack extends SystemStack {
  static readonly entry = 'function/products/index.ts';

  constructor(scope: Construct, settings: Settings, bundles: Bundles) {
    super(scope, products.name, settings);
    const table = new Table(this, 'product', {
      name: this.name('product'),
      key: products.key,
      ...tableProps(settings),
    });
    const target = new NodejsFunction(this, 'function', {
      name: this.name('productFunction'),
      roleName: this.name('productFunction', 'role'),
      code: new FunctionCode(this, 'code', { bundle: bundleOf(ProductsStack, bundles) }),
      service: products.name,
      ...functionProps(settings),
    });
    table.grant(
      target,
      routesOf(products).flatMap(({ routeKey }) => needsOf(products, routeKey).tableActions),
    );
    const api = new RestApi(this, 'api', {
      name: this.name('productApi'),
      stage: 'prod',
      routes: routesOf(products).map(({ method, path, route }) => ({
        method,
        path,
        function: target,
        bodySchema:
          settings.requestValidation && route.operation === 'put'
            ? { ...products.item, additionalProperties: false }
            : undefined,
        example: exampleOf(products, route.operation),
      })),
      ...restApiProps(settings),
    });
    new TerraformOutput(this, 'url', { value: api.url });
    new TerraformOutput(this, 'table_name', { value: table.name });
    new TerraformOutput(this, 'function_name', { value: target.name });
  }
}
