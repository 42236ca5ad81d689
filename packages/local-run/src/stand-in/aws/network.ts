/** Attributes that VPC, Route 53 and CloudFront generate. */
import type { ValueGenerator } from '../provider/value-generator';
import type { Compute } from '../provider/provider';
import { text } from '../provider/text';

const UPPER_CASE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** The hosted zone of all CloudFront distributions. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

export const NETWORK_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_vpc: ({ cidr_block: cidr }, generator) => {
    const id = resourceId('vpc', generator);
    return {
      ...{
        id,
        arn: generator.arn('ec2', `vpc/${id}`),
        owner_id: generator.account,
        cidr_block: cidr ?? '172.31.0.0/16',
      },
      ...{ default_security_group_id: resourceId('sg', generator), main_route_table_id: resourceId('rtb', generator) },
      ...{ default_route_table_id: resourceId('rtb', generator), default_network_acl_id: resourceId('acl', generator) },
      ...{ dhcp_options_id: resourceId('dopt', generator), enable_dns_support: true },
    };
  },
  aws_subnet: (_values, generator) => {
    const id = resourceId('subnet', generator);
    return {
      ...{ id, arn: generator.arn('ec2', `subnet/${id}`), owner_id: generator.account },
      ...{
        availability_zone: `${generator.region}a`,
        vpc_id: resourceId('vpc', generator),
        cidr_block: '172.31.0.0/20',
      },
    };
  },
  aws_security_group: (_values, generator) => {
    const id = resourceId('sg', generator);
    return {
      id,
      arn: generator.arn('ec2', `security-group/${id}`),
      owner_id: generator.account,
      vpc_id: resourceId('vpc', generator),
    };
  },
  aws_internet_gateway: (_values, generator) => ({ id: resourceId('igw', generator) }),
  aws_nat_gateway: (_values, generator) => ({ id: resourceId('nat', generator) }),
  aws_route_table: (_values, generator) => ({ id: resourceId('rtb', generator) }),
  aws_vpc_endpoint: (_values, generator) => ({ id: resourceId('vpce', generator) }),
  aws_eip: (_values, generator) => ({
    id: resourceId('eipalloc', generator),
    allocation_id: resourceId('eipalloc', generator),
  }),

  aws_route53_zone: ({ name, zone_id: zone }, generator) => {
    const id = text(zone, `Z${generator.token('zone', 20, UPPER_CASE)}`);
    return {
      ...{
        id,
        zone_id: id,
        name: name ?? 'example.com',
        arn: `arn:${generator.partition}:route53:::hostedzone/${id}`,
      },
      ...{ name_servers: ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.co.uk'], primary_name_server: 'ns-1.awsdns-01.org' },
    };
  },
  aws_route53_record: ({ zone_id: zone, name, type, set_identifier: set }) => ({
    id: [zone, name, type, set].filter(Boolean).join('_'),
    fqdn: String(name).replace(/\.$/, ''),
  }),

  aws_cloudfront_distribution: (_values, generator) => {
    const id = `E${generator.token('distribution', 13, UPPER_CASE)}`;
    return {
      ...{ id, arn: generator.globalArn('cloudfront', `distribution/${id}`), hosted_zone_id: CLOUDFRONT_ZONE },
      ...{
        domain_name: `d${generator.token('domain', 13)}.cloudfront.net`,
        status: 'Deployed',
        etag: generator.token('etag', 13),
      },
    };
  },
  aws_cloudfront_origin_access_identity: (_values, generator) => {
    const id = `E${generator.token('identity', 13, UPPER_CASE)}`;
    return {
      ...{ id, cloudfront_access_identity_path: `origin-access-identity/cloudfront/${id}` },
      iam_arn: `arn:${generator.partition}:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`,
    };
  },
};

function resourceId(prefix: string, generator: ValueGenerator): string {
  return `${prefix}-0${generator.hex(prefix, 16)}`;
}
