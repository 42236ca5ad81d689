/** Data sources of the account, its region and partition. */
import { partitionOf, type ValueGenerator } from '../../provider/value-generator';
import type { ReadData } from '../../provider/provider';
import { text } from '../../provider/text';

/** Names of regions, for `aws_region.description`. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ...{ 'us-east-1': 'US East (N. Virginia)', 'us-east-2': 'US East (Ohio)', 'us-west-1': 'US West (N. California)' },
  ...{ 'us-west-2': 'US West (Oregon)', 'eu-west-1': 'Europe (Ireland)', 'eu-west-2': 'Europe (London)' },
  ...{ 'eu-central-1': 'Europe (Frankfurt)', 'eu-west-3': 'Europe (Paris)', 'eu-north-1': 'Europe (Stockholm)' },
};

export const ACCOUNT_DATA: Readonly<Record<string, ReadData>> = {
  aws_caller_identity: (_config, { account, partition }) => ({
    ...{ id: account, account_id: account, arn: `arn:${partition}:iam::${account}:root`, user_id: account },
  }),
  aws_region: ({ name, region: configured }, generator) => {
    const region = text(name, text(configured, generator.region));
    return {
      ...{ id: region, name: region, region, endpoint: `ec2.${region}.${generator.domain}` },
      description: DESCRIPTIONS[region] ?? region,
    };
  },
  aws_regions: (_config, generator) => ({ id: generator.partition, names: [generator.region] }),
  aws_partition: (_config, { partition, domain }) => ({
    ...{ id: partition, partition, dns_suffix: domain },
    reverse_dns_prefix: domain.split('.').reverse().join('.'),
  }),
  aws_default_tags: (_config, { settings }) => ({ id: 'default_tags', tags: settings.defaultTags }),
  aws_canonical_user_id: (_config, generator) => {
    const id = generator.hex('user', 64);
    return { id, display_name: '' };
  },
  aws_iam_account_alias: (_config, generator) => ({ id: 'local', account_alias: 'local', account: generator.account }),
  aws_iam_session_context: ({ arn }) => ({
    id: arn,
    issuer_arn: arn,
    issuer_id: '',
    issuer_name: '',
    session_name: '',
  }),
  aws_organizations_organization: (_config, generator) => ({
    id: `o-${generator.id}`,
    master_account_id: generator.account,
  }),
  aws_service: serviceName,
  aws_service_principal: ({ service_name: service, region }, generator) => {
    const name = `${String(service)}.${partitionOf(generator.region) === 'aws-cn' ? generator.domain : 'amazonaws.com'}`;
    return {
      id: `${String(service)}.${text(region, generator.region)}.amazonaws.com`,
      name,
      service_name: service,
      suffix: 'amazonaws.com',
      region: region ?? generator.region,
    };
  },
  aws_arn: ({ arn }) => {
    const [, partition, service, region, account, ...resource] = String(arn).split(':');
    return { id: arn, partition, service, region, account, resource: resource.join(':') };
  },
};

function serviceName({ service_id: service, region }: Readonly<Record<string, unknown>>, generator: ValueGenerator) {
  const id = String(service);
  const where = text(region, generator.region);
  const prefix = generator.domain.split('.').reverse().join('.');
  return {
    ...{
      id: `${prefix}.${where}.${id}`,
      service_id: id,
      region: where,
      partition: generator.partition,
      supported: true,
    },
    ...{
      reverse_dns_prefix: prefix,
      reverse_dns_name: `${prefix}.${where}.${id}`,
      dns_name: `${id}.${where}.${generator.domain}`,
    },
  };
}
