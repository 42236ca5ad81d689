/** Checks the routes with the operation `list`. */
import { pathParameters, typeOf } from '../../function/contract/model';
import type { ContractFacts } from './contract-facts';
import { isWhole, type Place } from './place';
import type { RoutePlace } from './routes';
import { isScalar } from './scalar';
import { didYouMean } from './suggest';

/** Query parameters that every list has. */
const PARAMETERS = ['limit', 'cursor', 'order'];
const MAX_LIMIT = 1000;

export function checkList({ place, path }: RoutePlace, facts: ContractFacts): void {
  place.optional('scan', 'true, or absent where the list does not scan', (value) => value === true);
  const isOrder = place.optional('order', "'asc' or 'desc'", (value) => value === 'asc' || value === 'desc');
  checkLimit(place);
  checkPath(place, path, facts);
  const listed = listedKey(place, facts);
  if (listed === 'faulty') return checkFilters(place, [], facts);
  const [partition = '', sort] = listed;
  const providedFields = [...pathParameters(path), ...facts.fields.ofKind('claim')];
  const isIndex = place.has('index');
  const isScan = !isIndex && !providedFields.includes(partition);
  checkScan(place, isScan, isIndex, partition);
  if (isIndex && !providedFields.includes(partition)) checkParameterName(place.field('index'), partition);
  if (place.has('order') && isOrder && (isScan || sort === undefined)) {
    place
      .field('order')
      .fault(
        isScan
          ? 'has no effect, as a scan has no order; leave it out'
          : 'requires a sort key, which this key does not have',
      );
  }
  // DynamoDB refuses filters on the fields of the key that a query uses.
  checkFilters(place, isScan ? [] : listed, facts);
}

/** Returns the key of the table or the index that the list reads. */
function listedKey(place: Place, { key, indexes }: ContractFacts): readonly string[] | 'faulty' {
  if (!place.has('index')) return key ?? 'faulty';
  const index = place.field('index');
  const names = [...indexes.keys()];
  if (typeof index.value === 'string' && indexes.has(index.value)) return indexes.get(index.value) ?? 'faulty';
  if (typeof index.value === 'string')
    index.fault(`names ${index.value}; indexes has ${names.join(', ') || 'none'}${didYouMean(index.value, names)}`);
  else index.mustBe(`the name of an index; indexes has ${names.join(', ') || 'none'}`);
  return 'faulty';
}

function checkScan(place: Place, isScan: boolean, isIndex: boolean, partition: string): void {
  const isMarked = place.field('scan').value === true;
  if (isScan && !place.has('scan')) {
    place.fault(
      `reads the whole table, because its path lacks the partition key ${partition}; write scan: true to allow that, ` +
        `list an index, or add {${partition}} to the path`,
    );
  }
  if (!isScan && isMarked) {
    place
      .field('scan')
      .fault(`is true, but the list queries ${isIndex ? 'an index' : `the partition ${partition}`}; leave it out`);
  }
}

/** Checks the fields in the path. A list returns only items with these values. */
function checkPath(place: Place, path: string, { fields, ttl }: ContractFacts): void {
  for (const name of pathParameters(path)) {
    const hint = didYouMean(name, fields.names);
    if (!fields.names.includes(name)) place.fault(`has the parameter {${name}}, which is no field of the item${hint}`);
    else if (name === ttl) place.fault(`has the parameter {${name}}, which is stored in seconds; make it a filter`);
  }
}

function checkLimit(place: Place): void {
  const limit = place.field('limit');
  if (!place.has('limit') || !limit.isObject('an object such as { default: 50, maximum: 100 }')) return;
  limit.allowOnly(['default', 'maximum'], 'limit');
  const isSound = limit.isSound(() => {
    limit.required('maximum', `a whole number from 1 to ${MAX_LIMIT}`, isWhole(1, MAX_LIMIT));
    limit.required('default', `a whole number from 1 to ${MAX_LIMIT}`, isWhole(1, MAX_LIMIT));
  });
  const { default: initial, maximum } = limit.value as { readonly default: number; readonly maximum: number };
  if (isSound && initial > maximum) limit.field('default').fault(`is ${initial}, above maximum, which is ${maximum}`);
}

function checkFilters(place: Place, listed: readonly string[], { fields }: ContractFacts): void {
  const filters = place.field('filters');
  if (!place.has('filters')) return;
  if (!Array.isArray(filters.value)) return filters.mustBe('an array of names of fields');
  filters.items.forEach((item, index) => {
    const name = fields.checkName(item);
    if (name === undefined) return;
    if (filters.items.findIndex(({ value }) => value === name) < index) return item.fault(`names ${name} twice`);
    if (listed.includes(name)) {
      return item.fault(
        `names ${name}, which is the ${name === listed[0] ? 'partition key' : 'sort key'} of the list; callers can send it without a filter, so leave it out`,
      );
    }
    checkParameterName(item, name);
    const schema = fields.schema(name);
    if (schema && !isScalar(schema))
      item.fault(
        `names ${name}, which is ${typeOf(schema)}; a filter compares strings, numbers, integers and booleans`,
      );
  });
}

function checkParameterName(place: Place, name: string): void {
  if (PARAMETERS.includes(name))
    place.fault(`makes ${name} a query parameter, which every list has with another meaning; rename the field`);
  else if (/[[\]&=]/.test(name))
    place.fault(`makes ${name} a query parameter; rename the field, because [ ] & and = have a meaning in a query`);
}
