/** Makes the stack of one API from its contract: resources, their names and tags, and where Terraform keeps the state. */
import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { AwsStack } from '../constructs/aws-stack';
import { CrudApi } from '../constructs/crud-api';
import { keepStateLocally, RemoteState } from '../constructs/remote-state';
import type { Api } from '../function/contract/api';
import type { NameParts } from './api-deployment';
import { deploymentOf } from './api-names';
import { type Bundles, bundleOf } from './build-functions';
import { apiProps } from './construct-props';
import { nameStem, resourceName, stateKey } from './names';
import type { Settings } from './settings';
import { tagsOf } from './tags';

export class CrudStack extends AwsStack {
  /** The API with all its resources. */
  readonly api: CrudApi;
  /** The name stems of the API's resources. See `nameStem`. */
  private readonly stems: ReadonlySet<string>;

  /**
   * @param contract the contract of the API; its name becomes the name of the stack
   * @param bundles the bundles from `buildFunctions`
   * @example new CrudStack(app, orders, settings, bundles)
   */
  constructor(scope: Construct, contract: Api, settings: Settings, bundles: Bundles) {
    super(scope, contract.name, { region: settings.region, tags: tagsOf(settings) });
    this.keepState(settings);
    const { names, examples, functionPerRoute = true, ...rest } = deploymentOf(contract);
    this.stems = new Set(Object.values(names).map(([start]) => nameStem(settings, start)));
    const nameOf = ([start, end]: NameParts) => resourceName(settings, start, end);
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

  private keepState(settings: Settings): void {
    const { stateBucket: bucket, region, remoteStateRequired } = settings;
    if (bucket === '') keepStateLocally(this, remoteStateRequired);
    else new RemoteState(this, { bucket, region, key: stateKey(settings, this.node.id) });
  }

  /**
   * Returns the name stems of this stack's resources of one type. See `nameStem`.
   * @param type Terraform type of the resources, for example `aws_dynamodb_table`
   * @param attribute CDKTF's name of the attribute that contains the name
   * @param folder text before the stem, for example `/aws/lambda/`
   */
  nameStems(type: string, attribute = 'name', folder = ''): string[] {
    const names = this.node
      .findAll()
      .filter((construct) => construct instanceof TerraformResource && construct.terraformResourceType === type)
      .map((resource) => String((resource as unknown as Record<string, unknown>)[`${attribute}Input`]));
    return [...this.stems].filter((stem) =>
      names.some((name) => name === folder + stem || name.startsWith(`${folder}${stem}-`)),
    );
  }
}
