/** Checks the item and the managed fields of a contract, and looks up its fields. */
import type { Managed } from '../../function/contract/api';
import { managedSchema } from '../../function/contract/model';
import type { Schema } from '../../function/contract/schema';
import { isPlainObject, isText, isWhole, type Place } from './place';
import { checkFieldName, checkItemSchema } from './schema';
import { didYouMean } from './suggest';

const KINDS = ['uuid', 'createdAt', 'updatedAt', 'version', 'counter'] as const;
/** Kinds that at most one field of an item can have. */
const SINGLE_KINDS = ['createdAt', 'updatedAt', 'version', 'expiresAfter'];
const MANAGED =
  "'uuid', 'createdAt', 'updatedAt', 'version', 'counter', { random: 7 }, { claim: 'sub' } or { expiresAfter: 3600 }";

const MAX_RANDOM_CHARACTERS = 255;
const MAX_EXPIRY_SECONDS = 100 * 366 * 86_400;

/** The allowed values of objects in `managed`, by keyword. */
const OPTIONS = {
  random: [`a whole number from 1 to ${MAX_RANDOM_CHARACTERS}`, isWhole(1, MAX_RANDOM_CHARACTERS)],
  claim: ['the name of a claim, such as sub', isText],
  expiresAfter: [`a whole number of seconds from 1 to ${MAX_EXPIRY_SECONDS}`, isWhole(1, MAX_EXPIRY_SECONDS)],
} as const;

export type ManagedKind = (typeof KINDS)[number] | keyof typeof OPTIONS;

/** The fields of a contract. A field with faults has a name but no schema here, so no other check reports its faults again. */
export class Fields {
  private readonly sound = new Map<string, Schema>();
  /** The kinds of the managed fields without faults, by name. */
  readonly kinds = new Map<string, ManagedKind>();
  /** The names of all fields. */
  readonly names: readonly string[];
  /** The names of the fields that callers send. */
  readonly sent: readonly string[];
  /** The names of the fields that the item requires. */
  readonly required: readonly unknown[];

  /** Checks the contract's `item` and `managed`. */
  constructor(contract: Place) {
    const [item, managed] = [contract.field('item'), contract.field('managed')];
    if (contract.has('item')) checkItemSchema(item);
    else item.fault("is missing; it must be the item's schema: { type: 'object', properties: {...} }");
    const properties = item.field('properties').fields;
    this.required = item.field('required').items.map(({ value }) => value);
    this.sent = properties.map(([name]) => name);
    for (const [name, place] of properties) if (place.hasNoFaults()) this.sound.set(name, place.value as Schema);
    if (contract.has('managed') && managed.isObject('an object of managed fields')) this.addManaged(managed);
    this.names = [...new Set([...this.sent, ...managed.fields.map(([name]) => name)])];
  }

  /** Returns the schema of a field. @returns undefined when the field has faults or does not exist */
  schema(name: string): Schema | undefined {
    return this.sound.get(name);
  }

  /** Checks that a value is the name of a field. @returns the name, even if the field has faults */
  checkName(place: Place): string | undefined {
    const { value } = place;
    if (typeof value === 'string' && this.names.includes(value)) return value;
    if (typeof value !== 'string') place.mustBe('the name of a field');
    else
      place.fault(
        `names ${value}, which is no field of the item; the fields are ${this.names.join(', ')}${didYouMean(value, this.names)}`,
      );
    return undefined;
  }

  /** Returns the names of the managed fields of these kinds. */
  ofKind(...kinds: readonly ManagedKind[]): readonly string[] {
    return [...this.kinds].filter(([, kind]) => kinds.includes(kind)).map(([name]) => name);
  }

  private addManaged(managed: Place): void {
    for (const [name, place] of managed.fields) {
      const isSound = place.isSound(() => {
        checkFieldName(place, name);
        if (this.sent.includes(name))
          place.fault('is also a field of the item; the server sets it, so leave it out of item.properties');
        checkManaged(place);
      });
      if (!isSound) continue;
      const kind = (isPlainObject(place.value) ? Object.keys(place.value)[0] : place.value) as ManagedKind;
      const other = SINGLE_KINDS.includes(kind) ? this.ofKind(kind)[0] : undefined;
      if (other !== undefined) place.fault(`is a second ${kind}, beside ${other}; an item has at most one`);
      this.kinds.set(name, kind);
      this.sound.set(name, managedSchema(place.value as Managed));
    }
  }
}

function checkManaged(place: Place): void {
  const { value } = place;
  if (typeof value === 'string') {
    if (!KINDS.some((kind) => kind === value))
      place.fault(`must be ${MANAGED}, but was the string "${value}"${didYouMean(value, KINDS)}`);
    return;
  }
  const names = isPlainObject(value) ? Object.keys(value) : [];
  const [name = ''] = names;
  if (names.length !== 1 || !Object.hasOwn(OPTIONS, name)) return place.mustBe(MANAGED);
  const [expected, test] = OPTIONS[name as keyof typeof OPTIONS];
  place.required(name, expected, test);
}
