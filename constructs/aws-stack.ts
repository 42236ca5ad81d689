/** A Terraform stack with the AWS provider, whose default tags say where each resource belongs. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

export interface AwsStackProps {
  /** AWS region, for example `eu-west-1`. */
  readonly region: string;
  /** Tags of every resource that can have some. */
  readonly tags: Readonly<Record<string, string>>;
}

export class AwsStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: AwsStackProps) {
    super(scope, id);
    new AwsProvider(this, 'aws', {
      region: props.region,
      defaultTags: [{ tags: { ...props.tags, stack: id } }],
    });
  }
}
