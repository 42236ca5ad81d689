/** Warns of resources that the whole internet can reach. */
import { formatPath } from '../model/path';
import type { Change, ValuePath } from '../model/plan';
import { attribute, isList, isObject, numberOf, type Value } from '../model/value';
import { membersOf } from './lists';
import { changedSettings, isWritten, plainText, type Setting } from './settings';
import { type Check, join, name, rule, text, value } from './warning';

export const networkRule = rule('access', openIngress, publicEndpoint);

/** Every IPv4 or IPv6 address, or half of them. */
const EVERYWHERE = /^(0\.0\.0\.0|128\.0\.0\.0|::|8000::)\/[01]$/;
/** Ranges of private networks, whose addresses the internet does not route. */
const PRIVATE = /^(10\.|127\.|f[c-f])/i;
const ADDRESSES =
  /^(cidr_blocks|ipv6_cidr_blocks|cidr_ipv4|cidr_ipv6|public_access_cidrs|cidr_block|ipv6_cidr_block|(ipv6_)?cidrs?)$/;
const INGRESS_TYPES =
  /^aws_(security_group|default_security_group|security_group_rule|vpc_security_group_ingress_rule|eks_cluster|db_security_group|redshift_security_group|(default_)?network_acl|network_acl_rule|lightsail_instance_public_ports|ec2_managed_prefix_list(_entry)?)$/;

/** Whether a setting decides which addresses reach a resource. */
export function isNetworkSetting({ name: last, path }: Pick<Setting, 'name' | 'path'>, change: Change): boolean {
  if (switchOf({ name: last, path }, change)) return true;
  return ADDRESSES.test(last) && !path.includes('egress') && INGRESS_TYPES.test(change.type) && isIngress(change);
}

/** A range of addresses with the ports that it reaches. Without ports, it reaches all ports. */
interface Opening {
  readonly range: string;
  readonly path: ValuePath;
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

function openIngress(change: Change): ReturnType<Check> {
  if (!INGRESS_TYPES.test(change.type) || !isIngress(change)) return [];
  const known = openingsIn(change.before);
  const added = openingsIn(change.after).filter((opening) => !known.some((old) => includes(old, opening)));
  const isKnown = ({ range }: Opening) => known.some((old) => old.range === range);
  const groups: readonly (readonly [string, readonly Opening[]])[] = [
    ['the whole internet', added.filter((opening) => isWhole(opening) && !isKnown(opening))],
    ['much of the internet', added.filter((opening) => !isWhole(opening) && !isKnown(opening))],
    ['the internet on more ports', added.filter(isKnown)],
  ];
  return groups
    .filter(([, openings]) => openings.length > 0)
    .map(([who, openings]) => text`lets in ${who}: ${join(openings.map(({ range, path }) => value(range, path)))}`);
}

function isWhole({ range }: Opening): boolean {
  return EVERYWHERE.test(range);
}

function includes(wide: Opening, narrow: Opening): boolean {
  if (wide.range !== narrow.range) return false;
  if (wide.protocol === ALL) return true;
  return wide.protocol === narrow.protocol && wide.first <= narrow.first && wide.last >= narrow.last;
}

/** The protocol of a rule for all protocols. Such a rule reaches all ports. */
const ALL = '-1';

/** Finds the wide ranges that may send requests, at any depth. */
function openingsIn(side: Value | undefined, path: ValuePath = []): Opening[] {
  if (isList(side)) return side.flatMap((member, index) => openingsIn(member, [...path, index]));
  if (!isObject(side) || attribute(side, 'action') === 'deny') return [];
  const protocol = plainText(attribute(side, 'ip_protocol') ?? attribute(side, 'protocol') ?? ALL);
  const ports = {
    protocol: protocol === 'all' ? ALL : protocol,
    first: numberOf(attribute(side, 'from_port')) ?? -Infinity,
    last: numberOf(attribute(side, 'to_port')) ?? Infinity,
  };
  return Object.entries(side).flatMap(([key, part]) => {
    if (key === 'egress') return [];
    if (!ADDRESSES.test(key)) return openingsIn(part, [...path, key]);
    return membersOf(part).flatMap((range, index) =>
      isWide(range) ? [{ ...ports, range, path: isList(part) ? [...path, key, index] : [...path, key] }] : [],
    );
  });
}

/** Whether a range has at least a 256th of all IPv4 addresses, or as much of the IPv6 addresses in use. */
export function isWide(range: Value): range is string {
  if (typeof range !== 'string' || (PRIVATE.test(range) && !range.endsWith('/0'))) return false;
  const prefix = Number(/\/(\d+)$/.exec(range)?.[1] ?? NaN);
  return prefix <= (range.includes(':') ? 16 : 8);
}

function isIngress(change: Change): boolean {
  const { type, after } = change;
  if (after === null || !isWritten(change)) return false;
  // AWS opens a new network ACL in every direction, too.
  if (/^aws_(default_)?network_acl$/.test(type)) return change.action !== 'create';
  if (type === 'aws_security_group_rule') return attribute(after, 'type') !== 'egress';
  if (type !== 'aws_network_acl_rule') return true;
  return attribute(after, 'egress') !== true && attribute(after, 'rule_action') !== 'deny';
}

/** Switches that connect a resource with the internet. */
const SWITCHES: readonly {
  /** Matches the path without indexes. */
  readonly path: RegExp;
  readonly isPublic: (value: Value | undefined) => boolean;
  /** Whether a new resource causes no warning: many ordinary resources are public from the start. */
  readonly isOnlyForExisting?: true;
}[] = [
  {
    path: /(^|\.)((is_)?publicly_accessible|endpoint_public_access|public_connectivity)$/,
    isPublic: (value) => value === true,
  },
  {
    path: /(^|\.)public_access\.type$/,
    isPublic: (value) => typeof value === 'string' && value !== 'DISABLED',
  },
  { path: /^project_visibility$/, isPublic: (value) => value === 'PUBLIC_READ' },
  {
    path: /(^|\.)(direct_internet_access|app_network_access_type|endpoint_type)$/,
    isPublic: (value) => value === 'Enabled' || value === 'PublicInternetOnly' || value === 'PUBLIC',
    isOnlyForExisting: true,
  },
  {
    path: /(^|\.)(map_public_ip_on_launch|assign_public_ip|associate_public_ip_address)$/,
    isPublic: (value) => value === true,
    isOnlyForExisting: true,
  },
];

function publicEndpoint(change: Change): ReturnType<Check> {
  if (!isWritten(change)) return [];
  return changedSettings(change)
    .filter((setting) => {
      const found = switchOf(setting, change);
      return found?.isPublic(setting.after) === true && !found.isPublic(setting.before);
    })
    .map(({ path }) => text`becomes reachable from the internet: ${name(formatPath(path))}`);
}

function switchOf({ path }: Pick<Setting, 'path' | 'name'>, { action }: Change) {
  const steps = formatPath(path.filter((step) => typeof step === 'string'));
  return SWITCHES.find(
    (candidate) => candidate.path.test(steps) && !(candidate.isOnlyForExisting && action === 'create'),
  );
}
