/**
 * Types of field schemas: the keywords of JSON Schema 2020-12 that contracts support.
 * `Infer` derives the TypeScript type of the values that fit a schema.
 */

/** Annotations: keywords that every schema may have. Validation ignores them. */
interface Described {
  /** Shown in the OpenAPI document. */
  readonly description?: string;
  /** Example values, shown in the OpenAPI document. Each must fit the schema. */
  readonly examples?: readonly unknown[];
  /** Marks the field as deprecated in the OpenAPI document. */
  readonly deprecated?: boolean;
}

/** A type, or that type and null. */
type Nullable<T extends string> = T | readonly [T, 'null'];

export type Format = 'date' | 'date-time' | 'email' | 'uri' | 'uuid';

/** @example { type: 'string', minLength: 1, maxLength: 200 } */
export interface StringSchema extends Described {
  readonly type: Nullable<'string'>;
  /** Minimum length in Unicode code points. @default 0 */
  readonly minLength?: number;
  /**
   * Maximum length in Unicode code points. A string that callers send needs it, unless it has `enum`, a format with a maximum
   * length (`date`, `date-time`, `email`, `uuid`) or `anyLength`.
   */
  readonly maxLength?: number;
  /** Says that the string needs no `maxLength`: DynamoDB's limits are enough, 2,048 bytes for a key and 400 KB for an item. */
  readonly anyLength?: true;
  /**
   * An ECMAScript regular expression with the flag `u`. Requires `maxLength`.
   * It matches anywhere in the string, unless it has `^` and `$`.
   */
  readonly pattern?: string;
  readonly format?: Format;
  /** The allowed values. If the field may be null, list null, too. */
  readonly enum?: readonly (string | null)[];
  /** Value of the field when the caller does not send it. */
  readonly default?: string | null;
}

/** @example { type: 'number', minimum: 0, multipleOf: 0.01 } */
export interface NumberSchema extends Described {
  readonly type: Nullable<'number'> | Nullable<'integer'>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  /** Checked by decimal digits: 19.99 is a multiple of 0.01. */
  readonly multipleOf?: number;
  /** The allowed values. If the field may be null, list null, too. */
  readonly enum?: readonly (number | null)[];
  /** Value of the field when the caller does not send it. */
  readonly default?: number | null;
}

/** @example { type: 'boolean', default: false } */
export interface BooleanSchema extends Described {
  readonly type: Nullable<'boolean'>;
  /** Value of the field when the caller does not send it. */
  readonly default?: boolean | null;
}

/** @example { type: 'null' } */
export interface NullSchema extends Described {
  readonly type: 'null';
  /** Value of the field when the caller does not send it. */
  readonly default?: null;
}

/** @example { type: 'array', items: { type: 'string', maxLength: 20 }, maxItems: 10, uniqueItems: true } */
export interface ArraySchema extends Described {
  readonly type: Nullable<'array'>;
  readonly items: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Whether equal elements are refused. Requires `maxItems`. @default false */
  readonly uniqueItems?: boolean;
  /** Value of the field when the caller does not send it. */
  readonly default?: readonly unknown[] | null;
}

/** An object. It is closed: a field that `properties` does not name is refused. */
export interface ObjectSchema extends Described {
  readonly type: Nullable<'object'>;
  readonly properties: Readonly<Record<string, Schema>>;
  /** Fields that must be sent. @default none */
  readonly required?: readonly string[];
  /** Optional, for tools that read JSON Schema. The only allowed value is false. */
  readonly additionalProperties?: false;
  /** Value of the field when the caller does not send it. */
  readonly default?: object | null;
}

/** @example { const: 'invoice' } */
export interface ConstSchema extends Described {
  readonly const: string | number | boolean | null;
  readonly type?: undefined;
  /** Value of the field when the caller does not send it. Must be the constant. */
  readonly default?: string | number | boolean | null;
}

export type Schema =
  StringSchema | NumberSchema | BooleanSchema | NullSchema | ArraySchema | ObjectSchema | ConstSchema;

/** The schema of an item or a body: an object that is not nullable. */
export interface ItemSchema extends ObjectSchema {
  readonly type: 'object';
}

/** `sent`: a value as callers send it. `stored`: a value in the table and in answers, with defaults filled in. */
export type View = 'sent' | 'stored';

type Flat<T> = { [K in keyof T]: T[K] } & {};
type RequiredNames<S> = S extends { readonly required: readonly (infer R)[] } ? R : never;
type DefaultedNames<P> = { [K in keyof P]: P[K] extends { readonly default: unknown } ? K : never }[keyof P];
type PresentNames<S, P, V> = RequiredNames<S> | (V extends 'stored' ? DefaultedNames<P> : never);

/**
 * The type of values that fit a schema. It does not express limits, such as `maxLength`. An object without properties has the
 * type `{}`, to which TypeScript assigns every value except null.
 * @example Infer<{ type: 'object'; properties: { done: { type: 'boolean'; default: false } } }, 'sent'> // { done?: boolean }
 */
export type Infer<S, V extends View = 'stored'> = S extends { readonly const: infer C }
  ? C
  : S extends { readonly enum: readonly (infer E)[] }
    ? E
    : S extends { readonly type: readonly [infer T, 'null'] }
      ? ByType<T, S, V> | null
      : S extends { readonly type: infer T }
        ? ByType<T, S, V>
        : never;

type ByType<T, S, V extends View> = T extends 'string'
  ? string
  : T extends 'number' | 'integer'
    ? number
    : T extends 'boolean'
      ? boolean
      : T extends 'null'
        ? null
        : T extends 'array'
          ? S extends { readonly items: infer I }
            ? readonly Infer<I, V>[]
            : never
          : S extends { readonly properties: infer P }
            ? InferObject<S, P, V>
            : never;

type InferObject<S, P, V extends View> = Flat<
  { readonly [K in keyof P as K extends PresentNames<S, P, V> ? K : never]: Infer<P[K], V> } & {
    readonly [K in keyof P as K extends PresentNames<S, P, V> ? never : K]?: Infer<P[K], V>;
  }
>;
