/** Checks the fields that handlers write to the table. The types of the calls refuse wrong fields, but a cast hides type errors. */
import type { Managed } from '../contract/api';
import { managedSchema, type Model } from '../contract/model';
import type { ItemSchema, NumberSchema, Schema } from '../contract/schema';
import { checkValue } from '../validation/check-value';
import { Faults } from '../validation/faults';
import { keyRules } from '../validation/key-rules';
import type { Item } from './item';
import { partialSchema } from './partial-schema';
import type { Changes } from './store';

/** The form of `createdAt` and `updatedAt`. Lists compare these times as text, and ETags contain their milliseconds. */
const SERVER_TIME: Schema = {
  type: 'string',
  format: 'date-time',
  pattern: '^(19[7-9]|[2-9]\\d\\d)\\d-.{14}\\.\\d{3}Z$',
  maxLength: 24,
};

/** Each function throws an Error that names all faults. */
interface FieldChecks {
  /** Checks a new item. @returns the item with defaults filled in */
  readonly item: (sent: Item) => Item;
  /** Checks the changes of an update. */
  readonly changes: (changes: Required<Pick<Changes, 'set' | 'remove' | 'add'>>) => void;
}

export function prepareFieldChecks({ api, keys, managed, version, updatedAt }: Model): FieldChecks {
  const { properties, required = [] } = api.item;
  const schemaOfManaged = (how: Managed) =>
    how === 'createdAt' || how === 'updatedAt' ? SERVER_TIME : managedSchema(how);
  const managedFields = managed.map(([field, how]) => [field, schemaOfManaged(how)] as const);
  const wholeItem: ItemSchema = { ...api.item, properties: { ...properties, ...Object.fromEntries(managedFields) } };
  const isChangeable = ([name]: readonly [string, unknown]) =>
    !keys.includes(name) && name !== version && name !== updatedAt;
  const changeable = Object.entries(wholeItem.properties).filter(isChangeable);
  const settable = partialSchema(schemaOf(changeable));
  const addable = changeable.flatMap(([name, schema]) =>
    isNumber(schema) ? [[name, { type: schema.type }] as const] : [],
  );
  const numbers = schemaOf(addable);
  const removable = Object.entries(properties)
    .filter(isChangeable)
    .filter(([name, schema]) => !required.includes(name) && schema.default === undefined)
    .map(([name]) => name);
  const rules = keyRules(api);
  return {
    item: (sent) => {
      const item = { ...sent };
      const faults = new Faults();
      checkValue(item, wholeItem, faults, '', rules);
      throwFieldFaults(faults);
      return item;
    },
    changes: ({ set, remove, add }) => {
      const faults = new Faults();
      checkValue(set, settable, faults, '', rules);
      checkValue(add, numbers, faults);
      for (const name of remove)
        if (!removable.includes(name)) faults.add(name, `cannot be removed (removable fields: ${listOf(removable)})`);
      throwFieldFaults(faults);
    },
  };
}

function schemaOf(properties: readonly (readonly [string, Schema])[]): ItemSchema {
  return { type: 'object', properties: Object.fromEntries(properties) };
}

/** Whether the field accepts every number, and not null. */
function isNumber(schema: Schema): schema is NumberSchema {
  return (schema.type === 'number' || schema.type === 'integer') && !('enum' in schema);
}

function listOf(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : 'none';
}

function throwFieldFaults({ listed }: Faults): void {
  if (listed.length === 0) return;
  const faults = listed.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new Error(`The handler writes fields that do not fit the contract: ${faults}`);
}
