/** A place in a contract: its value, its path, and checks that report faults at this path. */
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

  /** Reports the value as a fault. @param expected the values that are allowed */
  mustBe(expected: string): void {
    this.fault(`must be ${expected}, but was ${describe(this.value)}`);
  }

  /** Whether `check` reports nothing. */
  isSound(check: () => void): boolean {
    const { length } = this.faults;
    check();
    return this.faults.length === length;
  }

  /** Whether no fault of this value or of a value within it was reported. */
  hasNoFaults(): boolean {
    return !this.faults.some(
      ({ path }) => path === this.path || (path.startsWith(this.path) && /^[.[]/.test(path.slice(this.path.length))),
    );
  }

  /** Returns a field of the object. Its value is undefined when the field is absent. */
  field(name: string): Place {
    const path = /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    return new Place(
      this.has(name) ? this.object[name] : undefined,
      this.path === '' ? path.replace(/^\./, '') : this.path + path,
      this.faults,
    );
  }

  /** Returns a copy of the object without one field. */
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
    // Array.from also visits the holes of a sparse array.
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

  /** Reports a field that is present and does not pass the test. @returns whether there was no fault */
  optional(name: string, expected: string, test: (value: unknown) => boolean): boolean {
    return !this.has(name) || this.required(name, expected, test);
  }

  /** Reports a field that is absent or does not pass the test. @returns whether there was no fault */
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

/** Whether the value is an object from a literal or from JSON, not an array or an instance of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Makes a test for whole numbers from `min` to `max`. */
export function isWhole(min: number, max = Number.MAX_SAFE_INTEGER): (value: unknown) => boolean {
  return (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** Makes a test for arrays that are not empty, and whose items all pass the test. */
export function isListOf(test: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.length > 0 && Array.from(value).every(test);
}
