/** Makes parts of OpenAPI documents. */

/** An object of a document. */
export type Json = Readonly<Record<string, unknown>>;

/** Returns the value if the condition holds, otherwise an empty object. Use it in a spread: `...only(a, { a })`. */
export function only<T extends object>(condition: unknown, value: T): T | Record<string, never> {
  return condition ? value : {};
}

/** Makes a reference to a component of the document. @example ref('schemas', 'Todo') */
export function ref(kind: 'schemas' | 'responses', name: string): Json {
  return { $ref: `#/components/${kind}/${name}` };
}

/** Makes the `content` of a body with one media type. */
export function content(schema: Json, type = 'application/json'): Json {
  return { [type]: { schema } };
}
