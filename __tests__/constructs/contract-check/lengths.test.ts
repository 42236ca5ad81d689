/** Faults of strings without a maximum length. */
import { todos } from '../../support/contract/contracts';
import { shortLinks } from '../../support/contract/handler-contracts';
import { faultsOf, ofRoute } from './faults';

const of = (schema: object, place = 'item/properties/x') => faultsOf(todos, { [place]: schema });

const MEND = 'is missing; set it, for example maxLength: 200, or write anyLength: true to allow up to 400 KB';

test('a string needs a maximum length, and the fault says how to mend it', () => {
  expect(of({ type: 'string' })).toEqual([`item.properties.x.maxLength ${MEND}`]);
  expect(of({ type: ['string', 'null'], minLength: 1 })).toEqual([`item.properties.x.maxLength ${MEND}`]);
  expect(of({ type: 'string', format: 'uri' })).toEqual([`item.properties.x.maxLength ${MEND}`]);
});

test('strings in arrays and objects need a maximum length too', () => {
  const text = { type: 'string' };
  const schema = { type: 'object', properties: { names: { type: 'array', items: text } } };
  expect(of(schema)).toEqual([`item.properties.x.properties.names.items.maxLength ${MEND}`]);
});

test.each([
  { type: 'string', maxLength: 0 },
  { type: 'string', anyLength: true },
  { type: ['string', 'null'], anyLength: true },
  { type: 'string', enum: ['a'] },
  { type: 'string', format: 'date' },
  { type: 'string', format: 'date-time' },
  { type: 'string', format: 'email' },
  { type: 'string', format: 'uuid' },
  { const: 'a' },
])('%j has no fault', (schema) => {
  expect(of(schema)).toEqual([]);
});

test('a pattern without maxLength is one fault, even with anyLength', () => {
  const fault = 'item.properties.x.pattern requires maxLength, which limits the time of a match';
  expect(of({ type: 'string', pattern: '^a$' })).toEqual([fault]);
  expect(of({ type: 'string', pattern: '^a$', anyLength: true })).toEqual([fault]);
});

test('anyLength is true, belongs to strings, and excludes maxLength', () => {
  expect(of({ type: 'string', anyLength: false })).toEqual([
    'item.properties.x.anyLength must be true, in the place of maxLength, but was the boolean false',
  ]);
  expect(of({ type: 'string', anyLength: true, maxLength: 5 })).toEqual([
    'item.properties.x.anyLength is not possible with maxLength; leave one of them out',
  ]);
  expect(of({ type: 'string', anylength: true })).toEqual([
    expect.stringMatching(/^item\.properties\.x\.anylength is not a keyword .* Did you mean anyLength\?$/),
  ]);
  expect(of({ type: 'number', anyLength: true })).toEqual([
    expect.stringMatching(/^item\.properties\.x\.anyLength is not a keyword of the type number/),
  ]);
});

test('strings of bodies and queries of handlers need a maximum length, strings of their answers do not', () => {
  const text = { type: 'string' };
  const body = { type: 'object', properties: { text } };
  const route = { handler: 'search', query: { text }, body, responses: { 200: { description: 'Found', body } } };
  expect(ofRoute(shortLinks, 'POST ~search', route)).toEqual([
    `route.body.properties.text.maxLength ${MEND}`,
    `route.query.text.maxLength ${MEND}`,
  ]);
});
