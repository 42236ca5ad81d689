/** Collects the schemas of a document. */
import { isDeepStrictEqual } from 'node:util';
import { type Json, ref } from './json';

export class Components {
  readonly schemas: Record<string, Json> = {};

  /**
   * Adds a schema, unless it has an equal one. A different schema of the same name gets a number: `NewOrder2`.
   * @returns a reference to the schema
   */
  add(name: string, schema: Json): Json {
    for (let number = 1; ; number += 1) {
      const numbered = number === 1 ? name : `${name}${number}`;
      const existing = this.schemas[numbered];
      if (existing === undefined || isDeepStrictEqual(existing, schema)) {
        this.schemas[numbered] = schema;
        return ref('schemas', numbered);
      }
    }
  }
}
