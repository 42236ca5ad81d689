/** Warns of items that a table deletes by itself, and of replicas that are removed. */
import type { Change } from '../model/plan';
import { attribute, UNKNOWN, type Value } from '../model/value';
import { type Check, rule, text, value } from './warning';
import { blocksAt, blocksOf, type Member } from './lists';
import { isRewritten } from './settings';

export const tablesRule = rule('data', timeToLive, removedReplicas);

/** DynamoDB switches a time to live on with `enabled`, Keyspaces with `status`. */
function timeToLive({ action, before, after }: Change): ReturnType<Check> {
  if (action !== 'change') return [];
  const [oldTtl, newTtl] = [blocksOf(before, 'ttl')[0], blocksOf(after, 'ttl')[0]];
  const isOn = (ttl: Value | undefined) => attribute(ttl, 'enabled') === true || attribute(ttl, 'status') === 'ENABLED';
  const [oldName, newName] = [attribute(oldTtl, 'attribute_name'), attribute(newTtl, 'attribute_name')];
  if (!isOn(newTtl) || (isOn(oldTtl) && (oldName === newName || newName === UNKNOWN))) return [];
  const expired =
    typeof newName === 'string' && newName !== ''
      ? text`items whose ${value(newName, ['ttl', 0, 'attribute_name'])} has passed`
      : ['expired items'];
  const how = isOn(oldTtl) ? 'changes its time to live' : 'turns on time to live';
  return [text`${how}: AWS will delete ${expired}`];
}

/** The attribute with the region of a replica. */
const REGIONS = ['region_name', 'region'];

function removedReplicas(change: Change): ReturnType<Check> {
  if (!isRewritten(change)) return [];
  const remaining = regionsOf(change.after).map(({ member }) => member);
  return regionsOf(change.before)
    .filter(({ member }) => !remaining.includes(member))
    .map(({ member, path }) => text`loses its replica in ${value(member, path)}`);
}

function regionsOf(side: Value): readonly Member[] {
  return ['replica', 'replicas', 'replica_specification']
    .flatMap((block) => blocksAt(side, block))
    .flatMap(({ member: replica, path }) =>
      REGIONS.map((key) => ({ member: attribute(replica, key) ?? null, path: [...path, key] })),
    )
    .filter(({ member }) => typeof member === 'string');
}
