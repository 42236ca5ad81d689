/** Blocks of a resource that change places, so that a comparison by place sees no change. */
import { type Attack, type Attributes, type ChangeRow, changeOf } from '../build';

const throttle = (path: string, rate: number) => ({ path, rate_limit: rate, burst_limit: 1 });
const stages = (...throttles: readonly Attributes[]) => ({
  api_stages: [{ api_id: 'a', stage: 's', throttle: throttles }],
});
const backup = (name: string, days: number) => ({ rule_name: name, lifecycle: [{ delete_after: days }] });
const cors = (method: string, origin: string) => ({ allowed_methods: [method], allowed_origins: [origin] });
const ingress = (from: number, to: number, ...ranges: readonly string[]) => ({
  ...{ from_port: from, to_port: to, protocol: 'tcp', cidr_blocks: ranges },
});
const RULE = { security_group_id: 'sg-1', cidr_ipv4: '0.0.0.0/0', from_port: 443, to_port: 443, ip_protocol: 'tcp' };
const INTERNET = '0.0.0.0/0';

const ROWS: readonly ChangeRow[] = [
  [
    'the throttles of two routes, swapped',
    'aws_api_gateway_usage_plan',
    stages(throttle('/a/GET', 10), throttle('/b/GET', 9000)),
    stages(throttle('/b/GET', 10), throttle('/a/GET', 9000)),
    /9000/,
  ],
  [
    'the retention of two backups, swapped',
    'aws_backup_plan',
    { rule: [backup('daily', 365), backup('hourly', 1)] },
    { rule: [backup('hourly', 365), backup('daily', 1)] },
    /365/,
  ],
  [
    'the origins of two methods, swapped',
    'aws_s3_bucket_cors_configuration',
    { cors_rule: [cors('GET', '*'), cors('PUT', 'https://a.example')] },
    { cors_rule: [cors('PUT', '*'), cors('GET', 'https://a.example')] },
    /origin/,
  ],
  [
    'the addresses of two ports, swapped',
    'aws_security_group',
    { ingress: [ingress(443, 443, INTERNET), ingress(22, 22, '10.0.0.0/8')] },
    { ingress: [ingress(22, 22, INTERNET), ingress(443, 443, '10.0.0.0/8')] },
    /0\.0\.0\.0\/0/,
  ],
  [
    'more ports for the internet',
    'aws_security_group',
    { ingress: [ingress(443, 443, INTERNET)] },
    { ingress: [ingress(0, 65535, INTERNET)] },
    /0\.0\.0\.0\/0/,
  ],
  [
    'more ports of a rule',
    'aws_vpc_security_group_ingress_rule',
    RULE,
    { from_port: 0, to_port: 65535 },
    /0\.0\.0\.0\/0/,
  ],
  ['more protocols of a rule', 'aws_vpc_security_group_ingress_rule', RULE, { ip_protocol: '-1' }, /0\.0\.0\.0\/0/],
];

export const blocks: readonly Attack[] = ROWS.map(changeOf);
