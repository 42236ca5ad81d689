/** Reads the request of a list: which items, in which order, and where the page starts. */
import type { ListRoute } from '../contract/api';
import { claimFields, fieldSchema, pathAndClaimFields, keyFields, splitRoute } from '../contract/model';
import { listsPartition } from '../contract/needs';
import type { Request } from '../http/serve';
import { canonicalJson } from '../validation/canonical';
import { expected } from '../validation/expected';
import type { Faults } from '../validation/faults';
import { fromText } from '../validation/from-text';
import { fromCursor, toCursor } from './cursor';
import { type Item, toSeconds } from './item';
import type { RouteSetup } from './operation';
import type { Selection } from './page';
import { preparePathAndClaims, refuseParameter } from './request-parts';
import { addBound, boundParameters, type SortRange } from './sort-range';

const DEFAULT_LIMIT = { default: 50, maximum: 100 };

/** The fault of a cursor that this list did not return. */
export const CURSOR_FAULT = {
  path: 'cursor',
  message: 'must be the cursor of an earlier answer to the same list, unchanged',
};

export interface ListRequest {
  readonly selection: Selection;
  /** Maximum number of items on the page. */
  readonly limit: number;
  /** The key after which the page starts. @default the start of the list */
  readonly after: Item | undefined;
  /** Makes the cursor of the page after this item, or after this key from DynamoDB. */
  cursorAfter(item: Item): string;
}

/** @returns a function that reads and checks a request */
export function prepareListRequest(setup: RouteSetup<ListRoute>): (request: Request, faults: Faults) => ListRequest {
  const { model, route, routeKey } = setup;
  const { api } = model;
  const { index, filters = [], limit: limits = DEFAULT_LIMIT } = route;
  const readPathAndClaims = preparePathAndClaims(setup);
  const isScan = !listsPartition(api, routeKey, route);
  const [partition = '', sort] = index === undefined ? model.keys : keyFields(api.indexes?.[index]?.key ?? '');
  const restrictions = restrictingFields(setup).filter((field) => isScan || field !== partition);
  const isSortFixed = !isScan && sort !== undefined && restrictions.includes(sort);
  const needsPartition = !isScan && !pathAndClaimFields(api, splitRoute(routeKey).path).includes(partition);
  const partitionText = expected(fieldSchema(api, partition) ?? { type: 'string' });
  const bounds = isScan || sort === undefined || isSortFixed ? [] : boundParameters(sort);
  const equalities = [...(needsPartition ? [partition] : []), ...filters];
  const known = [...equalities, 'limit', 'cursor', ...(bounds.length > 0 ? ['order'] : []), ...bounds];
  const cursorFields = [...new Set([...model.keys, ...(isScan || sort === undefined ? [] : [partition, sort])])].filter(
    (field) => isScan || field !== partition,
  );

  return (request, faults) => {
    const pathAndClaims = readPathAndClaims(request, faults);
    const sent: Item = {};
    let range: SortRange = {};
    for (const [name, text] of Object.entries(request.query)) {
      if (!known.includes(name)) refuseParameter(name, known, faults);
      else if (bounds.includes(name)) range = addBound(range, name, text, model, faults);
      else if (name === 'order') sent[name] = fromText(text, { type: 'string', enum: ['asc', 'desc'] }, faults, name);
      else if (equalities.includes(name)) sent[name] = readField(name, text, faults);
      else if (name === 'limit') sent[name] = readLimit(text, faults);
    }
    if (needsPartition && !Object.hasOwn(sent, partition))
      faults.add(partition, () => `is missing; send ${partitionText} in the query`);
    if (isSortFixed) {
      const bound = { value: pathAndClaims[sort] as string, isOpen: false };
      range = { from: bound, to: bound };
    }
    const partitionValue = needsPartition ? sent[partition] : pathAndClaims[partition];
    const selection: Selection = {
      index,
      partition: isScan ? undefined : [partition, partitionValue],
      sort: sort !== undefined && (range.from ?? range.to) ? [sort, range] : undefined,
      filters: [
        ...restrictions
          .filter((field) => !(isSortFixed && field === sort))
          .map((field) => [field, pathAndClaims[field]] as const),
        ...filters.filter((field) => Object.hasOwn(sent, field)).map((field) => [field, sent[field]] as const),
      ],
      isDescending: (sent['order'] ?? route.order) === 'desc',
    };
    const list = canonicalJson([routeKey, selection]);
    return {
      selection,
      // A number that a double cannot hold is an object here, and `faults` has it.
      limit: typeof sent['limit'] === 'number' ? sent['limit'] : limits.default,
      after: readCursor(request.query['cursor'], list, partitionValue, faults),
      cursorAfter: (item) =>
        toCursor(
          cursorFields.map((field) => item[field]),
          list,
        ),
    };
  };

  function readField(name: string, text: string, faults: Faults): unknown {
    const value = fromText(text, fieldSchema(api, name) ?? { type: 'string' }, faults, name);
    return name === model.ttl && typeof value === 'string' ? toSeconds(value) : value;
  }

  function readLimit(text: string, faults: Faults): unknown {
    return fromText(text, { type: 'integer', minimum: 1, maximum: limits.maximum }, faults, 'limit');
  }

  function readCursor(
    cursor: string | undefined,
    list: string,
    partitionValue: unknown,
    faults: Faults,
  ): Item | undefined {
    if (cursor === undefined) return undefined;
    const values = fromCursor(cursor, list);
    if (values?.length !== cursorFields.length) {
      faults.add(CURSOR_FAULT.path, CURSOR_FAULT.message);
      return undefined;
    }
    const key = Object.fromEntries(cursorFields.map((field, at) => [field, values[at]]));
    return isScan ? key : { ...key, [partition]: partitionValue };
  }
}

/**
 * Returns the fields in the path, and the claims in the table's key.
 * The list has only items with the values of these fields in the request.
 */
function restrictingFields({ model, routeKey }: RouteSetup<ListRoute>): readonly string[] {
  const { api, keys } = model;
  const claims = claimFields(api);
  return pathAndClaimFields(api, splitRoute(routeKey).path).filter(
    (field) => fieldSchema(api, field) !== undefined && (!claims.includes(field) || keys.includes(field)),
  );
}
