/** An SNS topic that sends a mail for each message. */
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { literal } from '../literal';
import { named } from '../named';

export interface AlarmTopicProps {
  /** The topic's name, unique in the account and region. */
  readonly name: string;
  /** AWS asks this address for a confirmation, and sends alarms only after it. */
  readonly email: string;
  /** ARN of the customer managed key that encrypts the messages. @default SNS does not encrypt them with a key of the account */
  readonly keyArn?: string | undefined;
}

export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, email, keyArn }: AlarmTopicProps) {
    super(scope, id);
    // CloudWatch cannot publish to a topic that the key of SNS, `alias/aws/sns`, encrypts: the policy of that key does not admit it
    // (Amazon SNS developer guide, "Configuring Amazon SNS topic encryption").
    const topic = named(
      new SnsTopic(this, 'topic', { name, ...(keyArn !== undefined && { kmsMasterKeyId: keyArn }) }),
      id,
    );
    const subscription = new SnsTopicSubscription(this, 'subscription', {
      topicArn: topic.arn,
      protocol: 'email',
      endpoint: literal(email),
    });
    named(subscription, id);
    this.arn = topic.arn;
  }
}
