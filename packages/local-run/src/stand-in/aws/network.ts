/** Attributes that VPC, Route 53 and CloudFront generate. */
import type { Place } from '../provider/place';
import type { Compute } from '../provider/provider';
import { text } from '../provider/text';

const UPPER_CASE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** The hosted zone of all CloudFront distributions. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

export const NETWORK_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_vpc: ({ cidr_block: cidr }, place) => {
    const id = resourceId('vpc', place);
    return {
      ...{ id, arn: place.arn('ec2', `vpc/${id}`), owner_id: place.account, cidr_block: cidr ?? '172.31.0.0/16' },
      ...{ default_security_group_id: resourceId('sg', place), main_route_table_id: resourceId('rtb', place) },
      ...{ default_route_table_id: resourceId('rtb', place), default_network_acl_id: resourceId('acl', place) },
      ...{ dhcp_options_id: resourceId('dopt', place), enable_dns_support: true },
    };
  },
  aws_subnet: (_values, place) => {
    const id = resourceId('subnet', place);
    return {
      ...{ id, arn: place.arn('ec2', `subnet/${id}`), owner_id: place.account },
      ...{ availability_zone: `${place.region}a`, vpc_id: resourceId('vpc', place), cidr_block: '172.31.0.0/20' },
    };
  },
  aws_security_group: (_values, place) => {
    const id = resourceId('sg', place);
    return {
      id,
      arn: place.arn('ec2', `security-group/${id}`),
      owner_id: place.account,
      vpc_id: resourceId('vpc', place),
    };
  },
  aws_internet_gateway: (_values, place) => ({ id: resourceId('igw', place) }),
  aws_nat_gateway: (_values, place) => ({ id: resourceId('nat', place) }),
  aws_route_table: (_values, place) => ({ id: resourceId('rtb', place) }),
  aws_vpc_endpoint: (_values, place) => ({ id: resourceId('vpce', place) }),
  aws_eip: (_values, place) => ({ id: resourceId('eipalloc', place), allocation_id: resourceId('eipalloc', place) }),

  aws_route53_zone: ({ name, zone_id: zone }, place) => {
    const id = text(zone, `Z${place.token('zone', 20, UPPER_CASE)}`);
    return {
      ...{
        id,
        zone_id: id,
        name: name ?? 'example.com',
        arn: `arn:${place.partition}:route53:::hostedzone/${id}`,
      },
      ...{ name_servers: ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.co.uk'], primary_name_server: 'ns-1.awsdns-01.org' },
    };
  },
  aws_route53_record: ({ zone_id: zone, name, type, set_identifier: set }) => ({
    id: [zone, name, type, set].filter(Boolean).join('_'),
    fqdn: String(name).replace(/\.$/, ''),
  }),

  aws_cloudfront_distribution: (_values, place) => {
    const id = `E${place.token('distribution', 13, UPPER_CASE)}`;
    return {
      ...{ id, arn: place.globalArn('cloudfront', `distribution/${id}`), hosted_zone_id: CLOUDFRONT_ZONE },
      ...{
        domain_name: `d${place.token('domain', 13)}.cloudfront.net`,
        status: 'Deployed',
        etag: place.token('etag', 13),
      },
    };
  },
  aws_cloudfront_origin_access_identity: (_values, place) => {
    const id = `E${place.token('identity', 13, UPPER_CASE)}`;
    return {
      ...{ id, cloudfront_access_identity_path: `origin-access-identity/cloudfront/${id}` },
      iam_arn: `arn:${place.partition}:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`,
    };
  },
};

function resourceId(prefix: string, place: Place): string {
  return `${prefix}-0${place.hex(prefix, 16)}`;
}
