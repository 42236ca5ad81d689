/** Stack `manager`: a table, a function, and a REST API that requires an API key. */
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { ApiKey } from '../constructs/api-key';
import { FunctionCode } from '../constructs/function-code';
import { NodejsFunction } from '../constructs/nodejs-function';
import { RestApi } from '../constructs/rest-api';
import { Table } from '../constructs/table';
import { routesOf } from '../function/contract/model';
import { needsOf } from '../function/contract/needs';
import { bodySchema, manager } from '../function/manager/contract';
import { type Bundles, bundleOf } from './build-functions';
import { functionProps, restApiProps, tableProps } from './construct-props';
import type { Settings } from './settings';
import { SystemStack } from './system-stack';

/** Throttle of the API key. */
const KEY_THROTTLE = { throttleRate: 100, throttleBurst: 20 };

export class ManagerStack extends SystemStack {
  static readonly entry = 'function/manager/index.ts';

  constructor(scope: Construct, settings: Settings, bundles: Bundles) {
    super(scope, manager.name, settings);
    const tableName = this.name('lambda-apigateway');
    const table = new Table(this, 'table', {
      name: tableName,
      key: manager.key,
      ...tableProps(settings),
    });
    const target = new NodejsFunction(this, 'function', {
      name: this.name('LambdaFunctionOverHttps'),
      roleName: this.name('lambda-apigateway', 'role'),
      code: new FunctionCode(this, 'code', { bundle: bundleOf(ManagerStack, bundles) }),
      service: manager.name,
      ...functionProps(settings),
    });
    table.grant(
      target,
      routesOf(manager).flatMap(({ routeKey }) => needsOf(manager, routeKey).tableActions),
    );
    const api = new RestApi(this, 'api', {
      name: this.name('DynamoDBOperations'),
      stage: 'prod',
      apiKeyRequired: true,
      routes: routesOf(manager).map(({ method, path }) => ({
        method,
        path,
        function: target,
        bodySchema: settings.requestValidation ? bodySchema : undefined,
        example: { body: { operation: 'create', tableName, payload: { Item: { id: 'example-1', number: 5 } } } },
      })),
      ...restApiProps(settings),
    });
    const key = new ApiKey(this, 'key', {
      name: this.name('Lambda-key'),
      usagePlanName: this.name('Lambda-dynamoDB-usageplan'),
      api,
      ...KEY_THROTTLE,
    });
    new TerraformOutput(this, 'url', { value: api.url });
    new TerraformOutput(this, 'table_name', { value: table.name });
    new TerraformOutput(this, 'function_name', { value: target.name });
    new TerraformOutput(this, 'api_key', { value: key.value, sensitive: true });
  }
}
