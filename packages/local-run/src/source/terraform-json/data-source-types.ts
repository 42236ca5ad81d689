/** The data sources that the local run evaluates. */
import { inert, simulated } from './attribute-rules';
import { policyDocument, withoutOtherServices } from './policy-document';
import type { ResourceTypes } from './simulated-type';

export const DATA_SOURCE_TYPES: ResourceTypes = {
  'data.aws_caller_identity': {
    attributes: {},
    computed: (_configured, { account }) => ({
      id: account,
      account_id: account,
      arn: `arn:aws:iam::${account}:root`,
      user_id: account,
    }),
  },
  'data.aws_iam_policy_document': {
    attributes: { ...simulated('statement', 'version'), ...inert('policy_id') },
    prepare: withoutOtherServices,
    computed: (configured) => {
      const json = policyDocument(configured);
      return { json, minified_json: json };
    },
  },
  'data.aws_partition': {
    attributes: {},
    computed: () => ({
      id: 'aws',
      partition: 'aws',
      dns_suffix: 'amazonaws.com',
      reverse_dns_prefix: 'com.amazonaws',
    }),
  },
  'data.aws_region': {
    attributes: {},
    computed: (_configured, { region }) => ({
      id: region,
      name: region,
      // The name of the attribute `name` since version 6 of the provider.
      region,
      endpoint: `ec2.${region}.amazonaws.com`,
    }),
  },
};
