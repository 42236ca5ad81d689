/** A stack as people add it: constructs in a construct, and a name that depends on settings through a hash. */
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { TerraformLocal, TerraformOutput, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { AwsStack } from '../../../constructs/aws-stack';
import { shortName } from '../../../constructs/short-name';
import { keepState } from '../../../stacks/keep-state';
import { resourceName } from '../../../stacks/names';
import type { Settings } from '../../../stacks/settings';

export class JobsStack extends AwsStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, 'jobs', { region: settings.region, tags: {} });
    keepState(this, settings);
    const seconds = new TerraformVariable(this, 'visibility', { type: 'number', default: 30 });
    const delay = new TerraformLocal(this, 'delay', 5);
    const jobs = new Construct(this, 'jobs');
    const queue = new SqsQueue(jobs, 'queue', {
      name: shortName(resourceName(settings, 'a-long-name-of-a-queue', 'jobs'), 20),
      visibilityTimeoutSeconds: seconds.numberValue,
      delaySeconds: delay.asNumber,
      lifecycle: { ignoreChanges: ['redrive_policy'] },
    });
    const document = new DataAwsIamPolicyDocument(jobs, 'document', {
      statement: [
        { actions: ['sqs:SendMessage'], resources: [queue.arn], principals: [{ type: '*', identifiers: ['*'] }] },
      ],
    });
    new SqsQueuePolicy(jobs, 'policy', { queueUrl: queue.url, policy: document.json });
    new SecurityGroup(jobs, 'group', {
      description: 'Quotes "a", \\d and $${x}',
      ingress: [{ fromPort: 443, toPort: 443, protocol: 'tcp', cidrBlocks: ['10.0.0.0/8'] }],
      dependsOn: [queue],
    });
    new TerraformOutput(this, 'queue_url', { value: queue.url });
  }
}
