/** Makes the key condition of a Query from the parameters of a request. */
import type { KeySchema, TableDeployment } from '../../model/deployment';
import { HttpError } from '../responses';

const COMPARISONS = ['=', '<', '<=', '>', '>=', 'begins_with'] as const;

interface KeyCondition {
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, unknown>>;
}

/**
 * @param query `index`: the name of an index; `partition` and `sort`: values of its key attributes, as text; `comparison`: how
 * `sort` is compared
 * @returns undefined when the query has no `partition`: the request is for all items
 * @throws HttpError (400)
 */
export function keyCondition(table: TableDeployment, query: URLSearchParams): KeyCondition | undefined {
  const keySchema = keySchemaOf(table, query.get('index') ?? '');
  const partition = query.get('partition') ?? '';
  const sort = query.get('sort') ?? '';
  if (partition === '' && sort === '') return undefined;
  const [partitionName = '', sortName] = keySchema.map(({ AttributeName }) => AttributeName);
  if (partition === '') throw new HttpError(400, `partition: is missing; send the value of ${partitionName}.`);
  if (sort === '') {
    return {
      KeyConditionExpression: '#p = :p',
      ExpressionAttributeNames: { '#p': partitionName },
      ExpressionAttributeValues: { ':p': typed(table, partitionName, partition) },
    };
  }
  if (sortName === undefined)
    throw new HttpError(400, 'sort: this key has no sort attribute; leave the parameter out.');
  return {
    KeyConditionExpression: `#p = :p AND ${sortExpression(query.get('comparison') ?? '=')}`,
    ExpressionAttributeNames: { '#p': partitionName, '#s': sortName },
    ExpressionAttributeValues: {
      ':p': typed(table, partitionName, partition),
      ':s': typed(table, sortName, sort),
    },
  };
}

function keySchemaOf(table: TableDeployment, index: string): KeySchema {
  const { name, keySchema } = table;
  const indexes = [...(table.indexes ?? []), ...(table.localIndexes ?? [])];
  if (index === '') return keySchema;
  const found = indexes.find((candidate) => candidate.name === index);
  if (found) return found.keySchema;
  const names = indexes.map((candidate) => candidate.name).join(', ');
  const known = names === '' ? 'It has no index.' : `Its indexes are ${names}.`;
  throw new HttpError(400, `index: the table ${name} has no index ${index}. ${known}`);
}

function sortExpression(comparison: string): string {
  if (!COMPARISONS.some((known) => known === comparison)) {
    throw new HttpError(400, `comparison: saw ${comparison}; allowed are ${COMPARISONS.join(', ')}.`);
  }
  return comparison === 'begins_with' ? 'begins_with(#s, :s)' : `#s ${comparison} :s`;
}

/** An attribute value of the type that the table declares for this key attribute. */
function typed({ attributes }: TableDeployment, name: string, text: string): object {
  const type = attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'S';
  return { [type]: text };
}
