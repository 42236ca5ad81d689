/** The syntax of mapping templates: the part of the Velocity Template Language that the local run supports. */

/** `$context.stage`, `$input.params("x")`, `$origin.matches("https://.*")` */
export interface Reference {
  readonly kind: 'reference';
  /** `context`, `input`, or the name of a variable. */
  readonly root: string;
  readonly members: readonly Member[];
  /** As in the template. */
  readonly text: string;
}

/** A property, or a call of a method with these arguments. */
export interface Member {
  readonly name: string;
  readonly args?: readonly Expression[];
}

export type Expression =
  | Reference
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'not'; readonly inner: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: '||' | '&&' | '==' | '!=';
      readonly left: Expression;
      readonly right: Expression;
    };

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | Reference
  | { readonly kind: 'set'; readonly target: Reference; readonly value: Expression }
  | {
      readonly kind: 'if';
      /** The condition of `#else` is undefined. */
      readonly branches: readonly { readonly condition: Expression | undefined; readonly parts: readonly Part[] }[];
    };

/** The template has syntax, a variable or a method that the local run does not support. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** Methods of texts and maps, and of `$input`. */
export const METHODS: ReadonlySet<string> = new Set([
  ...['get', 'params', 'matches', 'equals', 'equalsIgnoreCase', 'contains', 'startsWith', 'endsWith', 'isEmpty'],
  ...['toLowerCase', 'toUpperCase', 'trim', 'path', 'json'],
]);
