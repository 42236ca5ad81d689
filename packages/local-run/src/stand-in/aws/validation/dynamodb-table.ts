/** Validates `aws_dynamodb_table`. */
import { oneOf, type Validator } from '../../provider/checks';
import { isMissing } from '../../provider/computed';
import type { Values } from '../../provider/provider';
import { isKnown } from './known';

const PROJECTION = { projection_type: oneOf(['ALL', 'KEYS_ONLY', 'INCLUDE']) };

export const DYNAMODB_TABLE: Validator = {
  rules: {
    attribute: { type: oneOf(['S', 'N', 'B']) },
    billing_mode: oneOf(['PROVISIONED', 'PAY_PER_REQUEST']),
    global_secondary_index: PROJECTION,
    local_secondary_index: PROJECTION,
    stream_view_type: oneOf(['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY', '']),
    table_class: oneOf(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']),
  },
  checkAll: (config) => [...keyFaults(config), ...capacityFaults(config), ...streamFaults(config)],
};

/** The attributes are exactly the attributes of the keys. */
function keyFaults(config: Values): string[] {
  const { hash_key, range_key, attribute, global_secondary_index: global, local_secondary_index: local } = config;
  // The key of a table that a restore creates is in its source.
  const isRestored = !isMissing(config['restore_source_name']) || !isMissing(config['restore_source_table_arn']);
  if (isRestored || ![hash_key, range_key, attribute, global, local].every(isKnown)) return [];
  const blocks = [...((global ?? []) as readonly Values[]), ...((local ?? []) as readonly Values[])];
  const names = [config, ...blocks].flatMap((block) => [block['hash_key'], block['range_key']]);
  const keys = new Set(names.filter((name) => !isMissing(name) && name !== ''));
  const attributes = new Set(((attribute ?? []) as readonly Values[]).map(({ name }) => name));
  const unmatched = [...keys].filter((name) => !attributes.has(name));
  const unused = [...attributes].filter((name) => !keys.has(name));
  return [
    ...(unmatched.length > 0
      ? [`all indexes must match a defined attribute. Unmatched indexes: ${quoted(unmatched)}`]
      : []),
    ...(unused.length > 0 ? [`all attributes must be indexed. Unused attributes: ${quoted(unused)}`] : []),
  ];
}

function quoted(names: readonly unknown[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(' ')}]`;
}

function capacityFaults(config: Values): string[] {
  const { billing_mode: mode } = config;
  if (!isKnown(mode) || !isMissing(config['restore_source_name'])) return [];
  return ['read_capacity', 'write_capacity'].flatMap((name) => {
    const capacity = config[name];
    if (!isKnown(capacity)) return [];
    if (mode === 'PAY_PER_REQUEST')
      return Number(capacity ?? 0) > 0 ? [`${name} can not be set when billing_mode is "PAY_PER_REQUEST"`] : [];
    if ((mode ?? 'PROVISIONED') !== 'PROVISIONED') return [];
    return Number(capacity ?? 0) < 1 ? [`${name} must be at least 1 when billing_mode is "PROVISIONED"`] : [];
  });
}

function streamFaults({ stream_enabled: enabled, stream_view_type: view }: Values): string[] {
  const isIncomplete = enabled === true && (isMissing(view) || view === '');
  return isIncomplete ? ['stream_view_type is required when stream_enabled = true'] : [];
}
