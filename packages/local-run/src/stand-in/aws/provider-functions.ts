/** The functions of the AWS provider: `provider::aws::arn_parse(...)`. */
import type { ProviderFunction } from '../provider/provider';

const ARN_PARTS = ['partition', 'service', 'region', 'account_id', 'resource'] as const;

const ARN_OBJECT = ['object', Object.fromEntries(ARN_PARTS.map((part) => [part, 'string']))];

const text = (name: string) => ({ name, type: 'string' });

export const providerFunctions: Readonly<Record<string, ProviderFunction>> = {
  arn_build: {
    parameters: ARN_PARTS.map(text),
    returns: 'string',
    call: (...parts) => ['arn', ...parts].join(':'),
  },
  arn_parse: {
    parameters: [text('arn')],
    returns: ARN_OBJECT,
    call: (arn) => {
      const [, partition, service, region, account, ...resource] = String(arn).split(':');
      return { partition, service, region, account_id: account, resource: resource.join(':') };
    },
  },
  trim_iam_role_path: {
    parameters: [text('arn')],
    returns: 'string',
    call: (arn) => String(arn).replace(/:role\/.*\//, ':role/'),
  },
};
