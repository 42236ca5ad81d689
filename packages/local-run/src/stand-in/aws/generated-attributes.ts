/** Generates attributes of AWS resources by their names. */
import type { ValueGenerator } from '../provider/value-generator';
import type { Attribute } from '../schema/schema';

const TIME = '2026-01-01T00:00:00Z';

/** @returns undefined for an attribute that stays empty */
export function generateAttribute(name: string, { type, optional }: Attribute, generator: ValueGenerator): unknown {
  const text = type === 'string' ? textOf(name, generator) : undefined;
  if (text !== undefined) return text;
  // AWS leaves an optional attribute empty more often than it fills it in.
  return type === 'string' && !optional ? generator.token(name, 10) : undefined;
}

function textOf(name: string, generator: ValueGenerator): string | undefined {
  const service = generator.type.replace(/^aws_/, '').split('_')[0] ?? generator.type;
  if (name === 'arn') return generator.arn(service, `${generator.type.replace(`aws_${service}_`, '')}/${generator.id}`);
  if (name === 'region') return generator.region;
  if (name === 'owner_id' || name === 'account_id' || name === 'registry_id') return generator.account;
  if (/(^|_)(created|updated|modified|creation|create|last_modified)(_date|_time|_at|d)?$/.test(name)) return TIME;
  if (/(^|_)(url|uri)$/.test(name)) return `https://${service}.${generator.region}.${generator.domain}/${generator.id}`;
  if (/(^|_)(domain_name|dns_name|endpoint|hostname)$/.test(name))
    return `${generator.id}.${service}.${generator.region}.${generator.domain}`;
  return undefined;
}
