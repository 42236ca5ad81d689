/**
 * Types that make an unknown keyword in a contract a compile error. TypeScript does not check excess properties of a type
 * parameter, and `defineApi` needs a type parameter to keep the exact type of a contract.
 */
import type {
  ArraySchema,
  BooleanSchema,
  ConstSchema,
  NullSchema,
  NumberSchema,
  ObjectSchema,
  StringSchema,
} from './schema';

declare const unknownKeyword: unique symbol;

/** The type of the keyword `K`, which `Shape` does not have. No value fits it. */
interface UnknownKeyword<K, Shape> {
  readonly [unknownKeyword]: readonly [K, Shape];
}

/** Allows only the keywords of `Shape`. */
type Only<T, Shape> = { readonly [K in keyof T]: K extends keyof Shape ? unknown : UnknownKeyword<K, Shape> };

/** The schema type for `type: T`. */
type ShapeOf<T> = T extends 'string'
  ? StringSchema
  : T extends 'number' | 'integer'
    ? NumberSchema
    : T extends 'boolean'
      ? BooleanSchema
      : T extends 'null'
        ? NullSchema
        : T extends 'array'
          ? ArraySchema
          : ObjectSchema;

type StrictSchema<S> = S extends { readonly type: infer T }
  ? StrictKeywords<S, ShapeOf<T extends readonly [infer Base, 'null'] ? Base : T>>
  : Only<S, ConstSchema>;

type StrictKeywords<S, Shape> = {
  readonly [K in keyof S]: K extends keyof Shape
    ? K extends 'items'
      ? StrictSchema<S[K]>
      : K extends 'properties'
        ? StrictSchemas<S[K]>
        : unknown
    : UnknownKeyword<K, Shape>;
};

type StrictSchemas<P> = { readonly [Name in keyof P]: StrictSchema<P[Name]> };

/** @typeParam AnyRoute the union of all kinds of routes */
type StrictRoute<R, AnyRoute> = R extends { readonly operation: infer O }
  ? Only<R, Extract<AnyRoute, { readonly operation: O }>>
  : StrictHandler<R, Extract<AnyRoute, { readonly handler: string }>>;

type StrictHandler<R, Shape> = {
  readonly [K in keyof R]: K extends keyof Shape
    ? K extends 'query'
      ? StrictSchemas<R[K]>
      : K extends 'body'
        ? R[K] extends string
          ? unknown
          : StrictSchema<R[K]>
        : K extends 'responses'
          ? { readonly [Status in keyof R[K]]: StrictResponse<R[K][Status]> }
          : unknown
    : UnknownKeyword<K, Shape>;
};

type StrictResponse<R> = {
  readonly [K in keyof R]: K extends 'body'
    ? StrictSchema<R[K]>
    : K extends 'description'
      ? unknown
      : UnknownKeyword<K, 'a response'>;
};

type StrictRoutes<R, Routes> = {
  readonly [K in keyof R]: K extends keyof Routes ? StrictRoute<R[K], Routes[keyof Routes]> : UnknownKeyword<K, Routes>;
};

/**
 * Intersect `A` with this type to refuse unknown keywords in the contract `A`.
 * @typeParam Shape the type of all contracts, `Api`
 */
export type Strict<A, Shape extends { readonly routes: unknown }> = {
  readonly [K in keyof A]: K extends keyof Shape
    ? K extends 'item'
      ? StrictSchema<A[K]>
      : K extends 'routes'
        ? StrictRoutes<A[K], Shape['routes']>
        : K extends 'auth' | 'cors' | 'answers'
          ? Only<A[K], NonNullable<Shape[K]>>
          : K extends 'indexes'
            ? { readonly [Name in keyof A[K]]: Only<A[K][Name], { readonly key: unknown }> }
            : unknown
    : UnknownKeyword<K, Shape>;
};
