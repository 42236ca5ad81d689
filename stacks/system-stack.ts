/** Base class of the stacks that deploy an API: resource names, tags, and where Terraform keeps the state. */
import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { Table } from '../constructs/table';
import { AwsStack } from '../constructs/aws-stack';
import { keepStateLocally, RemoteState } from '../constructs/remote-state';
import { nameStem, resourceName, stateKey } from './names';
import type { Settings } from './settings';
import { tagsOf } from './tags';

export abstract class SystemStack extends AwsStack {
  private readonly stems = new Set<string>();

  constructor(
    scope: Construct,
    id: string,
    protected readonly settings: Settings,
  ) {
    super(scope, id, { region: settings.region, tags: tagsOf(settings) });
    const { stateBucket: bucket, region } = settings;
    if (bucket === '') keepStateLocally(this, settings.remoteStateRequired);
    else new RemoteState(this, { bucket, region, key: stateKey(settings, id) });
  }

  /** Makes the name of a resource; see `resourceName`. */
  protected name(system: string, part = ''): string {
    this.stems.add(nameStem(this.settings, system));
    return resourceName(this.settings, system, part);
  }

  /** Whether items of one of this stack's tables expire. */
  get itemsExpire(): boolean {
    return this.node.findAll().some((construct) => construct instanceof Table && construct.expires);
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
