/** Determines the values of condition keys for a call. */
import type { Context } from '../../iam/conditions';
import type { Session } from '../../iam/credentials';
import type { RequestInput, RequiredPermission } from './permissions';

/** The local run cannot determine a value that a condition needs. The guard then denies the call. */
export class UnknownValue extends Error {}

/** Names of partition keys by table ARN. */
export type PartitionKeys = ReadonlyMap<string, string>;

/**
 * Transactions. DynamoDB requires the permissions of their parts, and sets `dynamodb:EnclosingOperation` to the operation
 * (Service Authorization Reference).
 */
const ENCLOSING_OPERATIONS = new Set(['TransactGetItems', 'TransactWriteItems']);

/**
 * Returns a function that determines the values of a condition key. Evaluators call it only for keys that a condition uses.
 * It throws UnknownValue.
 */
export function conditionContext(
  operation: string,
  permission: RequiredPermission,
  session: Session,
  region: string,
  partitionKeys: PartitionKeys,
): Context {
  const parameter = (name: string) => {
    const value = permission.part[name];
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
        // The SDK uses TLS on AWS. Only the endpoint of the local run is plain HTTP.
        return ['true'];
      case 'lambda:sourcefunctionarn':
        return [session.functionArn];
      case 'dynamodb:enclosingoperation':
        return ENCLOSING_OPERATIONS.has(operation) ? [operation] : undefined;
      case 'dynamodb:select':
        return parameter('Select');
      case 'dynamodb:returnvalues':
        return parameter('ReturnValues');
      case 'dynamodb:returnconsumedcapacity':
        return parameter('ReturnConsumedCapacity');
      case 'dynamodb:leadingkeys':
        return leadingKeys(permission, partitionKeys);
      default:
        throw new UnknownValue(key);
    }
  };
}

/** The partition key values in the request. Undefined when the request has no partition key value, as in a Scan. */
function leadingKeys(permission: RequiredPermission, partitionKeys: PartitionKeys): string[] | undefined {
  const { action, resource, part, items } = permission;
  const isQuery = action === 'dynamodb:Query';
  if (items.length === 0 && !isQuery) return undefined;
  const name = partitionKeys.get(resource);
  if (name === undefined) throw new UnknownValue(`dynamodb:LeadingKeys of ${resource}, whose partition key is unknown`);
  const values = isQuery
    ? [queriedKey(name, part)]
    : items.map((item) => (item as Record<string, unknown> | null)?.[name]);
  return values.map((value) => {
    const [text] = Object.values(value ?? {}) as unknown[];
    if (typeof text === 'string') return text;
    throw new UnknownValue(`dynamodb:LeadingKeys of a request without a value of ${name}`);
  });
}

/**
 * The partition key value that a Query asks for. It is in the key condition expression, such as `#id = :id`, or in the legacy
 * parameter `KeyConditions`.
 */
function queriedKey(partitionKey: string, part: RequestInput): unknown {
  const expression = part['KeyConditionExpression'];
  if (typeof expression !== 'string') {
    const conditions = (part['KeyConditions'] ?? {}) as Record<string, { AttributeValueList?: unknown[] } | undefined>;
    return conditions[partitionKey]?.AttributeValueList?.[0];
  }
  const names = (part['ExpressionAttributeNames'] ?? {}) as Record<string, string>;
  const values = (part['ExpressionAttributeValues'] ?? {}) as Record<string, unknown>;
  const equalities = [...expression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)];
  const [, , value = ''] = equalities.find(([, name = '']) => (names[name] ?? name) === partitionKey) ?? [];
  return values[value];
}
