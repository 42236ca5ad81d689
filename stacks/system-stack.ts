/** Base of the systems' stacks: names, tags, and the place of the state. */
import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { AwsStack } from '../constructs/aws-stack';
import { keepStateLocally, RemoteState } from '../constructs/remote-state';
import { nameStart, resourceName, stateKey } from './names';
import type { Settings } from './settings';
import { tagsOf } from './tags';

export abstract class SystemStack extends AwsStack {
  private readonly starts = new Set<string>();

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

  /** A resource's name; see `resourceName`. */
  protected name(system: string, part = ''): string {
    this.starts.add(nameStart(this.settings, system));
    return resourceName(this.settings, system, part);
  }

  /**
   * The starts that the names of this stack's resources have in every environment.
   * @param type Terraform's, for example `aws_dynamodb_table`
   * @param attribute attribute that holds the name
   * @param folder prefix of the name, for example `/aws/lambda/`
   */
  nameStarts(type: string, attribute = 'name', folder = ''): string[] {
    const names = this.node
      .findAll()
      .filter((construct) => construct instanceof TerraformResource && construct.terraformResourceType === type)
      .map((resource) => String((resource as unknown as Record<string, unknown>)[`${attribute}Input`]));
    return [...this.starts].filter((start) =>
      names.some((name) => name === folder + start || name.startsWith(`${folder}${start}-`)),
    );
  }
}
