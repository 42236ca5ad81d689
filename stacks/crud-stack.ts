/** The stack of one API, made from its contract. */
import type { Construct } from 'constructs';
import { CrudApi } from '../constructs/crud-api';
import type { Api } from '../function/contract/api';
import type { NameParts } from './api-deployment';
import { deploymentOf } from './api-names';
import { type Bundles, bundleOf } from './build-functions';
import { apiProps } from './construct-props';
import type { Settings } from './settings';
import { SystemStack } from './system-stack';

export class CrudStack extends SystemStack {
  /** The API with all its resources. */
  readonly api: CrudApi;

  /**
   * @param contract its name is the stack's
   * @param bundles of `buildFunctions`
   * @example new CrudStack(app, orders, settings, bundles)
   */
  constructor(scope: Construct, contract: Api, settings: Settings, bundles: Bundles) {
    super(scope, contract.name, settings);
    const { names, examples, functionPerRoute = true, ...rest } = deploymentOf(contract);
    const nameOf = ([start, end]: NameParts) => this.name(start, end);
    const tableName = nameOf(names.table);
    this.api = new CrudApi(this, 'crud-api', {
      contract,
      bundle: bundleOf(contract, bundles),
      tableName,
      functionName: nameOf(names.function),
      roleName: nameOf(names.role),
      apiName: nameOf(names.api),
      apiKeyName: nameOf(names.apiKey),
      usagePlanName: nameOf(names.usagePlan),
      ...apiProps(settings),
      functionPerRoute: functionPerRoute && settings.functionPerRoute,
      ...rest,
      ...(examples && { examples: examples(tableName) }),
    });
  }
}
