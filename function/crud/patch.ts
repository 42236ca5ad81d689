/** Reads JSON Merge Patches (RFC 7396), and checks them against the schema of the item. */
import type { ObjectSchema, Schema } from '../contract/schema';
import { checkValue, type Rules } from '../validation/check-value';
import type { Faults } from '../validation/faults';
import type { Request } from '../http/serve';
import { isObject } from '../http/value';
import { PATCH_TYPES, prepareBody } from './body';
import { type Item, toStored } from './item';
import type { RouteSetup } from './operation';
import { partialSchema } from './partial-schema';
import type { NestedChanges, Path } from './store';

/** A checked patch. */
export interface Patch {
  /** New values of fields of the item. */
  readonly set: Item;
  /** Fields of the item to remove. */
  readonly remove: readonly string[];
  /** Patches of the item's objects, by field. */
  readonly objects: Item;
  /** The changes in `objects`, nested field by nested field. Undefined if they are too many for one UpdateItem call. */
  readonly nested: NestedChanges | undefined;
}

/** Maximum number of placeholders in an update: a DynamoDB expression has at most 4 KB. */
const MAX_PLACEHOLDERS = 500;

/**
 * Maximum number of objects in an update: its condition has a check of each object. A DynamoDB condition has at most 4 KB and
 * 300 operators.
 */
const MAX_OBJECTS = 80;

/** Changes at paths of any depth, in the order of the patch. */
interface PathChanges {
  readonly objects: Path[];
  readonly set: (readonly [path: Path, value: unknown])[];
  readonly remove: Path[];
}

/** @returns a function that reads and checks the body */
export function preparePatch(setup: RouteSetup<unknown>): (request: Request, faults: Faults) => Patch {
  const { schema, rules, parse } = prepareBody(setup, PATCH_TYPES);
  return (request, faults) => {
    const body = parse(request, faults) ?? {};
    const changes: PathChanges = { objects: [], set: [], remove: [] };
    addChanges(changes, body, schema, [], faults, rules);
    const { objects, set, remove } = changes;
    const topLevelFields = set.flatMap(([path, value]) => (isTopLevel(path) ? [[path[0] ?? '', value] as const] : []));
    return {
      set: toStored(Object.fromEntries(topLevelFields), setup.model),
      remove: remove.filter(isTopLevel).flat(),
      objects: Object.fromEntries(objects.filter(isTopLevel).map(([name = '']) => [name, body[name]])),
      nested:
        objects.length > MAX_OBJECTS || countPlaceholders(changes) > MAX_PLACEHOLDERS
          ? undefined
          : {
              objects,
              set: set.filter(([path]) => !isTopLevel(path)),
              remove: remove.filter((path) => !isTopLevel(path)),
            },
    };
  };
}

/** Whether the path names a field of the item, not a nested field. */
function isTopLevel(path: Path): boolean {
  return path.length === 1;
}

function countPlaceholders({ objects, set, remove }: PathChanges): number {
  const paths = [...objects, ...set.map(([path]) => path), ...remove];
  return paths.reduce((count, path) => count + path.length + 1, 0);
}

/** Adds the changes and the faults of a patch of one object. @param path path of the object */
function addChanges(
  changes: PathChanges,
  patch: Item,
  schema: ObjectSchema,
  path: Path,
  faults: Faults,
  rules?: Rules,
): void {
  const { properties, required = [] } = schema;
  const set: (readonly [string, unknown])[] = [];
  for (const [name, value] of Object.entries(patch)) {
    const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const fieldPath = [...path, name];
    if (field && value === null) {
      if (field.default !== undefined) set.push([name, structuredClone(field.default)]);
      else if (required.includes(name)) faults.add(fieldPath.join('.'), 'is required, so null cannot remove it');
      else changes.remove.push(fieldPath);
    } else if (isObject(value) && isObjectSchema(field)) {
      changes.objects.push(fieldPath);
      addChanges(changes, value, field, fieldPath, faults);
    } else set.push([name, value]);
  }
  const fields = Object.fromEntries(set);
  const { count } = faults;
  checkValue(fields, partialSchema(schema), faults, path.join('.'), rules);
  if (faults.count > count) return;
  for (const [name, value] of Object.entries(fields)) changes.set.push([[...path, name], value]);
}

function isObjectSchema(field: Schema | undefined): field is ObjectSchema {
  return field?.type === 'object' || field?.type?.[0] === 'object';
}
