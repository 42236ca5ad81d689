/** Warns of routes that connect existing subnets with the internet. */
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { attribute, UNKNOWN, type Value } from '../model/value';
import { blocksAt, type Member } from './lists';
import { isWide } from './network';
import { refersToNew } from './references';
import { isRewritten } from './settings';
import { type Check, rule, text, value, values } from './warning';

const TABLES = /^aws_(default_)?route_table$/;
const DESTINATIONS = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'cidr_block', 'ipv6_cidr_block'];

export const internetRoutesRule = rule('access', openRoutes, otherTable);

/** Warns of an existing subnet with another route table: the routes of the table can be in another stack. */
function otherTable(change: Change, plan: Plan): ReturnType<Check> {
  if (!/^aws_(main_)?route_table_association$/.test(change.type)) return [];
  const key = 'route_table_id';
  const [before, after] = [attribute(change.before, key), attribute(change.after, key)];
  if (!isRewritten(change) || before === after || (after === UNKNOWN && !refersToNew(change, key, plan))) return [];
  return [
    text`gets another route table: ${value(after, [key])} instead of ${value(before, [key])}. Review whether it has a route to the internet`,
  ];
}

function openRoutes(change: Change, plan: Plan): ReturnType<Check> {
  const { type, before, after } = change;
  if (!isOfExisting(change, plan)) return [];
  const gateways = refersToGateway(change, type === 'aws_route' ? 'gateway_id' : 'route', plan);
  const routesOf = (side: Value): readonly Member[] =>
    type === 'aws_route' ? [{ member: side, path: [] }] : blocksAt(side, 'route');
  const open = (side: Value) => routesOf(side).flatMap((route) => openRanges(route, gateways));
  const known = new Set(open(before).map(({ member }) => member));
  const added = open(after).filter(({ member }) => !known.has(member));
  return added.length === 0 ? [] : [text`connects existing subnets with the internet: ${values(added)}`];
}

/** Whether a change gives an existing route table other routes. */
function isOfExisting(change: Change, plan: Plan): boolean {
  if (isRewritten(change)) return change.type === 'aws_route' || TABLES.test(change.type);
  return change.type === 'aws_route' && change.action === 'create' && !refersToNew(change, 'route_table_id', plan);
}

function refersToGateway({ address }: Change, name: string, { references }: Plan): boolean {
  const sources = references[configurationAddress(address)]?.[name] ?? [];
  return sources.some((source) => /(^|\.)aws_internet_gateway\./.test(source));
}

/** Finds the destinations of a route to an internet gateway that are the whole internet. */
function openRanges({ member: route, path }: Member, refersToNewGateway: boolean): readonly Member[] {
  const gateway = attribute(route, 'gateway_id');
  const isInternet =
    gateway === UNKNOWN ? refersToNewGateway : typeof gateway === 'string' && gateway.startsWith('igw-');
  if (!isInternet) return [];
  return DESTINATIONS.flatMap((key) => {
    const range = attribute(route, key);
    return range !== undefined && isWide(range) ? [{ member: range, path: [...path, key] }] : [];
  });
}
