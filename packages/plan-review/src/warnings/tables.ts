/** Warns of items that a table deletes by itself, and of replicas that are removed. */
import type { Change } from '../model/plan';
import { formatPath } from '../model/path';
import { attribute, numberOf, UNKNOWN, type Value } from '../model/value';
import { type Check, name, rule, text, value } from './warning';
import { blocksAt, blocksOf, type Member } from './lists';
import { changedSettings, isRewritten } from './settings';

export const tablesRule = rule('data', timeToLive, defaultTimeToLive, maintenance, removedReplicas);

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

/** Keyspaces also deletes rows a number of seconds after they were written. 0 keeps them. */
function defaultTimeToLive({ type, action, before, after }: Change): ReturnType<Check> {
  if (type !== 'aws_keyspaces_table' || action !== 'change') return [];
  const key = 'default_time_to_live';
  const [oldTime, newTime] = [before, after].map((side) => numberOf(attribute(side, key)) ?? 0);
  if (!newTime || (oldTime && newTime >= oldTime)) return [];
  return [text`deletes new rows ${value(attribute(after, key), [key])} seconds after they are written`];
}

/** Maintenance of tables that deletes files or snapshots. */
function maintenance(change: Change): ReturnType<Check> {
  const { type, action } = change;
  if (type === 'aws_glue_catalog_table_optimizer') {
    const kind = attribute(change.after, 'type');
    return action === 'create' && kind !== 'compaction'
      ? [text`lets AWS delete snapshots or files of the table: ${value(kind, ['type'])}`]
      : [];
  }
  if (!type.startsWith('aws_s3tables_') || !isRewritten(change)) return [];
  return changedSettings(change)
    .filter(({ path, name: last }) => last === 'status' && /snapshot|unreferenced/.test(formatPath(path)))
    .filter(({ before, after }) => before !== 'enabled' && after === 'enabled')
    .map(({ path }) => text`lets AWS delete snapshots or files: ${name(formatPath(path))}`);
}

/** The attribute with the region of a replica. */
const REGIONS = ['region_name', 'region', 'name'];

function removedReplicas(change: Change): ReturnType<Check> {
  if (!isRewritten(change)) return [];
  const remaining = regionsOf(change.after).map(({ member }) => member);
  return regionsOf(change.before)
    .filter(({ member }) => !remaining.includes(member))
    .map(({ member, path }) => text`loses its replica in ${value(member, path)}`);
}

function regionsOf(side: Value): readonly Member[] {
  return ['replica', 'replicas', 'replica_specification', 'region']
    .flatMap((block) => blocksAt(side, block))
    .flatMap(({ member: replica, path }) =>
      REGIONS.map((key) => ({ member: attribute(replica, key) ?? null, path: [...path, key] })),
    )
    .filter(({ member }) => typeof member === 'string');
}
