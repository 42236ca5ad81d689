/** Warns of resources that the whole internet can reach. */
import type { Change } from '../model/plan';
import { attribute, isList, type Value } from '../model/value';
import { changedSettings, isWritten, type Setting } from './settings';
import { type Check, join, name, rule, text, value } from './warning';

export const networkRule = rule('access', openIngress, publicEndpoint);

/** Every IPv4 or IPv6 address, or half of them. */
const EVERYWHERE = /^(0\.0\.0\.0|128\.0\.0\.0|::|8000::)\/[01]$/;
const ADDRESSES =
  /^(cidr_blocks|ipv6_cidr_blocks|cidr_ipv4|cidr_ipv6|public_access_cidrs|cidr_block|ipv6_cidr_block|cidr)$/;
const INGRESS_TYPES =
  /^aws_(security_group|default_security_group|security_group_rule|vpc_security_group_ingress_rule|eks_cluster|db_security_group|redshift_security_group|network_acl|network_acl_rule)$/;

/** Whether a setting decides which addresses reach a resource. */
export function isNetworkSetting({ name: last, path }: Setting, change: Change): boolean {
  if (PUBLIC.test(last)) return true;
  return ADDRESSES.test(last) && !path.includes('egress') && INGRESS_TYPES.test(change.type) && isIngress(change);
}

function openIngress(change: Change): ReturnType<Check> {
  if (!INGRESS_TYPES.test(change.type) || !isIngress(change)) return [];
  const opened = changedSettings(change)
    .filter(({ name: last, path }) => ADDRESSES.test(last) && !path.includes('egress'))
    .flatMap(({ path, before, after }) =>
      everywhere(after)
        .filter((range) => !everywhere(before).includes(range))
        .map((range) => ({ range, path })),
    );
  if (opened.length === 0) return [];
  return [text`lets in the whole internet: ${join(opened.map(({ range, path }) => value(range, path)))}`];
}

function isIngress(change: Change): boolean {
  const { type, after } = change;
  if (after === null || !isWritten(change)) return false;
  if (type === 'aws_security_group_rule') return attribute(after, 'type') !== 'egress';
  if (type === 'aws_network_acl_rule') {
    return attribute(after, 'egress') !== true && attribute(after, 'rule_action') !== 'deny';
  }
  // The default network ACL lets in everything: security groups decide.
  return type !== 'aws_network_acl';
}

function everywhere(ranges: Value | undefined): readonly Value[] {
  return (isList(ranges) ? ranges : [ranges ?? null]).filter(
    (range) => typeof range === 'string' && EVERYWHERE.test(range),
  );
}

const PUBLIC = /^(is_)?publicly_accessible$|^endpoint_public_access$/;

function publicEndpoint(change: Change): ReturnType<Check> {
  if (!isWritten(change)) return [];
  return changedSettings(change)
    .filter(({ name: last, before, after }: Setting) => PUBLIC.test(last) && after === true && before !== true)
    .map(({ name: last }) => text`becomes reachable from the internet: ${name(last)}`);
}
