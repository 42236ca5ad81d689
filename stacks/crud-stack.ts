/** Makes the stack of one API from its contract: resources, their names and tags, and where Terraform keeps the state. */
import type { Construct } from 'constructs';
import { AwsStack } from '../constructs/aws-stack';
import { CrudApi } from '../constructs/crud-api';
import type { CrudApiProps } from '../constructs/crud-api-props';
import { keepStateLocally, RemoteState } from '../constructs/remote-state';
import type { Api } from '../function/contract/api';
import type { NameParts } from './api-deployment';
import { deploymentOf } from './api-names';
import { authorizerBundlesOf, type Bundles, bundleOf } from './build-functions';
import { apiProps } from './construct-props';
import { domainName, resourceName, stateKey } from './names';
import type { Settings } from './settings';
import { tagsOf } from './tags';

export class CrudStack extends AwsStack {
  /** The API with all its resources. */
  readonly api: CrudApi;

  /**
   * @param contract the contract of the API; its name becomes the name of the stack
   * @param bundles the bundles from `buildFunctions`
   * @example new CrudStack(app, orders, settings, bundles)
   */
  constructor(scope: Construct, contract: Api, settings: Settings, bundles: Bundles) {
    super(scope, contract.name, { region: settings.region, tags: tagsOf(settings) });
    this.keepState(settings);
    const { names, examples, functionPerRoute = true, ...rest } = deploymentOf(contract);
    const nameOf = ([start, end]: NameParts) => resourceName(settings, start, end);
    const tableName = nameOf(names.table);
    this.api = new CrudApi(this, 'crud-api', {
      contract,
      bundle: bundleOf(contract, bundles),
      authorizerBundles: authorizerBundlesOf(contract, bundles),
      tableName,
      functionName: nameOf(names.function),
      roleName: nameOf(names.role),
      apiName: nameOf(names.api),
      apiKeyName: nameOf(names.apiKey),
      usagePlanName: nameOf(names.usagePlan),
      ...apiProps(settings),
      ...domainOf(contract, settings),
      functionPerRoute: functionPerRoute && settings.functionPerRoute,
      ...rest,
      ...(examples && { examples: examples(tableName) }),
    });
  }

  private keepState(settings: Settings): void {
    const { stateBucket: bucket, region, remoteStateRequired, stateKmsKey: kmsKey } = settings;
    if (bucket === '') keepStateLocally(this, remoteStateRequired);
    else new RemoteState(this, { bucket, region, key: stateKey(settings, this.node.id), kmsKey });
  }
}

/** @returns no properties when the setting `domain` is empty */
function domainOf({ name }: Api, settings: Settings): Partial<CrudApiProps> {
  if (settings.domain === '') return {};
  return { domainName: domainName(settings, name), hostedZoneId: settings.hostedZone };
}
