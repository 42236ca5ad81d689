/** Type errors in contracts: compiles the fixtures and short texts with TypeScript. */
import path from 'node:path';
import { typeErrors } from '../../support/type-errors';

const FIXTURES = path.join(__dirname, 'fixtures');
const SNIPPET = path.join(FIXTURES, 'snippet.ts');

/** Returns the type errors of a file. @param text content of a file that is not on disk */
function errorsOf(file: string, text?: string): string[] {
  return typeErrors(file, text).map(({ message }) => message);
}

test.each(['schemas', 'mistakes', 'handlers'])('%s.ts compiles, and each mistake in it is an error', (name) => {
  expect(errorsOf(path.join(FIXTURES, `${name}.ts`))).toEqual([]);
});

test('a wrong expectation about a type does not compile', () => {
  const errors = errorsOf(
    SNIPPET,
    `import type { Infer } from '../../../../function/contract/schema';
     import type { Equal, Expect } from './equal';
     export type Wrong = Expect<Equal<Infer<{ type: 'string' }>, number>>;`,
  );
  expect(errors).toEqual([expect.stringContaining("Type 'false' does not satisfy the constraint 'true'")]);
});

const contract = (title: string, route = `'POST /todos': { operation: 'create' }`) =>
  `import { defineApi } from '../../../../function/contract/api';
   export const todos = defineApi({
     name: 'todos', gateway: 'http-api', key: 'id', managed: { id: 'uuid' },
     item: { type: 'object', properties: { title: ${title} } },
     routes: { ${route} },
   });`;

test.each([
  [`'GET /todos/{id}': { operation: 'reed' }`, [/'"reed"' is not assignable to type '"create" \| "read" /]],
  [
    `'GET /todos': { operation: 'list', order: 'ascending', scan: false }`,
    [/'"ascending"' is not assignable to type '.*"asc" \| "desc"/, /'false' is not assignable to type 'true/],
  ],
])('a wrong value of the route %s is an error at the value', (route, messages) => {
  const errors = errorsOf(SNIPPET, contract(`{ type: 'string' }`, route));
  expect(errors).toEqual(messages.map((message) => expect.stringMatching(message)));
});

test('a contract without mistakes compiles', () => {
  expect(errorsOf(SNIPPET, contract(`{ type: 'string', maxLength: 200 }`))).toEqual([]);
});

test.each([
  ['a field', contract(`{ type: 'string', maxLenght: 200 }`), '200 & UnknownKeyword<"maxLenght", StringSchema>'],
  ['a nullable field', contract(`{ type: ['string', 'null'], mode: 1 }`), '1 & UnknownKeyword<"mode", StringSchema>'],
  ['a constant', contract(`{ const: 'a', maxLength: 200 }`), '200 & UnknownKeyword<"maxLength", ConstSchema>'],
  [
    'an item of an array',
    contract(`{ type: 'array', items: { type: 'integer', minmum: 1 } }`),
    '1 & UnknownKeyword<"minmum", NumberSchema>',
  ],
  [
    'a route',
    contract(`{ type: 'string' }`, `'GET /todos': { operation: 'list', scann: true }`),
    'true & UnknownKeyword<"scann", ListRoute>',
  ],
])('a misspelled keyword of %s is an error at the keyword', (_, text, type) => {
  expect(errorsOf(SNIPPET, text)).toEqual([expect.stringContaining(`is not assignable to type '${type}'`)]);
});
