/** Settings that are known only after the apply. */
import { type Attack, planOf, resource } from '../build';

const UNKNOWN: readonly (readonly [type: string, name: string, before: unknown])[] = [
  ['aws_dynamodb_table', 'deletion_protection_enabled', true],
  ['aws_s3_bucket_acl', 'acl', 'private'],
  ['aws_api_gateway_method', 'authorization', 'AWS_IAM'],
  ['aws_sqs_queue', 'message_retention_seconds', 1209600],
  ['aws_db_instance', 'publicly_accessible', false],
];

export const unknownSettings: readonly Attack[] = UNKNOWN.map(([type, name, before]) =>
  unknownSetting(type, name, before),
);

function unknownSetting(type: string, name: string, before: unknown): Attack {
  const expressions = { [name]: { references: ['aws_thing.b.out', 'aws_thing.b'] } };
  const setting = { name: 'a', [name]: before };
  return {
    hides: `${name} of ${type}, known only after the apply`,
    reviewed: planOf({ resources: [resource(`${type}.a`, setting, { ...setting, name: 'b' }, {}, { expressions })] }),
    plan: planOf({
      resources: [resource(`${type}.a`, setting, { name: 'b' }, { after_unknown: { [name]: true } }, { expressions })],
    }),
    warns: new RegExp(`${type}\\.a .*${name}`),
  };
}
