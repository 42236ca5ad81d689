/** Makes up attributes of AWS resources by their names. */
import type { Place } from '../provider/place';
import type { Attribute } from '../schema/schema';

const TIME = '2026-01-01T00:00:00Z';

/** @returns undefined for an attribute that stays empty */
export function makeUp(name: string, { type, optional }: Attribute, place: Place): unknown {
  const text = type === 'string' ? textOf(name, place) : undefined;
  if (text !== undefined) return text;
  // AWS leaves an optional attribute empty more often than it fills it in.
  return type === 'string' && !optional ? place.token(name, 10) : undefined;
}

function textOf(name: string, place: Place): string | undefined {
  const service = place.type.replace(/^aws_/, '').split('_')[0] ?? place.type;
  if (name === 'arn') return place.arn(service, `${place.type.replace(`aws_${service}_`, '')}/${place.id}`);
  if (name === 'region') return place.region;
  if (name === 'owner_id' || name === 'account_id' || name === 'registry_id') return place.account;
  if (/(^|_)(created|updated|modified|creation|create|last_modified)(_date|_time|_at|d)?$/.test(name)) return TIME;
  if (/(^|_)(url|uri)$/.test(name)) return `https://${service}.${place.region}.${place.domain}/${place.id}`;
  if (/(^|_)(domain_name|dns_name|endpoint|hostname)$/.test(name))
    return `${place.id}.${service}.${place.region}.${place.domain}`;
  return undefined;
}
