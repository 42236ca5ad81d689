/** Warns of items that a table deletes by itself, and of replicas that are removed. */
import type { Change } from '../model/plan';
import { attribute, UNKNOWN, type Value } from '../model/value';
import { type Check, rule, text, value } from './warning';
import { blocksOf } from './lists';

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

function removedReplicas({ action, before, after }: Change): ReturnType<Check> {
  if (action !== 'change') return [];
  const remaining = regionsOf(after);
  return regionsOf(before)
    .filter((region) => !remaining.includes(region))
    .map((region) => text`loses its replica in ${value(region)}`);
}

function regionsOf(side: Value): string[] {
  return ['replica', 'replicas', 'replica_specification']
    .flatMap((block) => blocksOf(side, block))
    .flatMap((replica) => REGIONS.map((key) => attribute(replica, key)))
    .filter((region) => typeof region === 'string');
}
