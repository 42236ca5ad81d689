/** A place in a contract: its value, its path, and checks of the value that report with the path. */
import type { ContractFault } from './contract-error';
import { describe } from './describe';
import { didYouMean } from './suggest';

export class Place {
  /** @param faults the list that all places of a contract share */
  constructor(
    readonly value: unknown,
    readonly path: string,
    readonly faults: ContractFault[],
  ) {}

  fault(message: string): void {
    this.faults.push({ path: this.path, message });
  }

  /** Reports that the value is not what the contract needs here. */
  mustBe(expected: string): void {
    this.fault(`must be ${expected}, but was ${describe(this.value)}`);
  }

  /** Whether `check` reports nothing. */
  isSound(check: () => void): boolean {
    const { length } = this.faults;
    check();
    return this.faults.length === length;
  }

  /** A field of an object. The value is undefined when the field is absent. */
  field(name: string): Place {
    const path = /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    return new Place(
      this.has(name) ? this.object[name] : undefined,
      this.path === '' ? path.replace(/^\./, '') : this.path + path,
      this.faults,
    );
  }

  /** The object without a field. */
  without(name: string): Place {
    const others = Object.entries(this.object).filter(([other]) => other !== name);
    return new Place(Object.fromEntries(others), this.path, this.faults);
  }

  has(name: string): boolean {
    return isPlainObject(this.value) && Object.hasOwn(this.value, name);
  }

  /** The fields of an object by their names; none for any other value. */
  get fields(): readonly (readonly [name: string, place: Place])[] {
    return Object.keys(this.object).map((name) => [name, this.field(name)]);
  }

  /** The items of an array; none for any other value. */
  get items(): readonly Place[] {
    const values: readonly unknown[] = Array.isArray(this.value) ? this.value : [];
    // Array.from has a place for the holes of a sparse array, too.
    return Array.from(values, (value, index) => new Place(value, `${this.path}[${index}]`, this.faults));
  }

  /** Reports a value that is not a plain object. @param expected for example `an object of index names` */
  isObject(expected: string): boolean {
    if (isPlainObject(this.value)) return true;
    this.mustBe(expected);
    return false;
  }

  /** Reports fields that are not allowed. @param owner for example `a create route` */
  allowOnly(names: readonly string[], owner: string, hints: Readonly<Record<string, string>> = {}): void {
    for (const [name, place] of this.fields) {
      if (names.includes(name)) continue;
      const hint = Object.hasOwn(hints, name) ? `. ${hints[name] ?? ''}` : didYouMean(name, names);
      place.fault(`is not a keyword of ${owner}; known are ${names.join(', ')}${hint}`);
    }
  }

  /** Reports a value that is present and does not pass the test. */
  optional(name: string, expected: string, test: (value: unknown) => boolean): boolean {
    return !this.has(name) || this.required(name, expected, test);
  }

  /** Reports a value that is absent or does not pass the test. */
  required(name: string, expected: string, test: (value: unknown) => boolean): boolean {
    const place = this.field(name);
    if (!this.has(name)) place.fault(`is missing; it must be ${expected}`);
    else if (!test(place.value)) place.mustBe(expected);
    else return true;
    return false;
  }

  private get object(): Readonly<Record<string, unknown>> {
    return isPlainObject(this.value) ? this.value : {};
  }
}

/** Whether the value is an object as literals and JSON make them: no array, no instance of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** A test for whole numbers within bounds. */
export function isWhole(min: number, max = Number.MAX_SAFE_INTEGER): (value: unknown) => boolean {
  return (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
