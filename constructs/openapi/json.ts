/** Parts of OpenAPI documents. */

/** An object of a document. */
export type Json = Readonly<Record<string, unknown>>;

/** The value when the condition holds, otherwise nothing: for spreads into objects. */
export function only<T extends object>(condition: unknown, value: T): T | Record<string, never> {
  return condition ? value : {};
}

/** A reference into the document's components. @example ref('schemas', 'Todo') */
export function ref(kind: 'schemas' | 'responses', name: string): Json {
  return { $ref: `#/components/${kind}/${name}` };
}

/** Content of one type. */
export function content(schema: Json, type = 'application/json'): Json {
  return { [type]: { schema } };
}
