/** The condition keys of a call and their values. */
import type { Context } from '../../iam/conditions';
import type { Asked } from './operations';
import type { Session } from './session';

/** A condition asks for what the local run cannot tell of this call: it is refused rather than guessed. */
export class UnknownValue extends Error {}

/** Partition keys of the tables, by ARN. */
export type PartitionKeys = ReadonlyMap<string, string>;

/** Operations whose parts are checked as operations of their own (Service Authorization Reference). */
const ENCLOSING = new Set(['TransactGetItems', 'TransactWriteItems']);

/** @returns the values of a key, found when a condition asks for it */
export function contextOf(
  operation: string,
  asked: Asked,
  session: Session,
  region: string,
  partitionKeys: PartitionKeys,
): Context {
  const parameter = (name: string) => {
    const value = asked.part[name];
    return typeof value === 'string' ? [value] : undefined;
  };
  return (key) => {
    switch (key) {
      case 'aws:principalarn':
        return [session.roleArn];
      case 'aws:principalaccount':
        return [session.roleArn.split(':')[4] ?? ''];
      case 'aws:requestedregion':
        return [region];
      case 'aws:securetransport':
        // On AWS the SDK calls over TLS; here it is only told another endpoint.
        return ['true'];
      case 'lambda:sourcefunctionarn':
        return [session.functionArn];
      case 'dynamodb:enclosingoperation':
        return ENCLOSING.has(operation) ? [operation] : undefined;
      case 'dynamodb:select':
        return parameter('Select');
      case 'dynamodb:returnvalues':
        return parameter('ReturnValues');
      case 'dynamodb:returnconsumedcapacity':
        return parameter('ReturnConsumedCapacity');
      case 'dynamodb:leadingkeys':
        return leadingKeys(asked, partitionKeys);
      default:
        throw new UnknownValue(key);
    }
  };
}

/** Values of the partition key that the call names; undefined for one that names none, a Scan for example. */
function leadingKeys({ action, resource, part, items }: Asked, partitionKeys: PartitionKeys): string[] | undefined {
  const isQuery = action === 'dynamodb:Query';
  if (items.length === 0 && !isQuery) return undefined;
  const name = partitionKeys.get(resource);
  if (name === undefined) throw new UnknownValue(`dynamodb:LeadingKeys of ${resource}, whose key is not known`);
  const values = isQuery
    ? [queried(name, part)]
    : items.map((item) => (item as Record<string, unknown> | null)?.[name]);
  return values.map((value) => {
    const [text] = Object.values(value ?? {}) as unknown[];
    if (typeof text === 'string') return text;
    throw new UnknownValue(`dynamodb:LeadingKeys of a request without a value of ${name}`);
  });
}

/** `#id = :id` of a key condition, or the older `KeyConditions`. */
function queried(key: string, part: Asked['part']): unknown {
  const expression = part['KeyConditionExpression'];
  if (typeof expression !== 'string') {
    const conditions = (part['KeyConditions'] ?? {}) as Record<string, { AttributeValueList?: unknown[] } | undefined>;
    return conditions[key]?.AttributeValueList?.[0];
  }
  const names = (part['ExpressionAttributeNames'] ?? {}) as Record<string, string>;
  const values = (part['ExpressionAttributeValues'] ?? {}) as Record<string, unknown>;
  const equalities = [...expression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)];
  const [, , value = ''] = equalities.find(([, name = '']) => (names[name] ?? name) === key) ?? [];
  return values[value];
}
