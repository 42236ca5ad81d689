/** Faults of the name, the gateway, auth, cors and answers. */
import { contractFaults } from '../../../constructs/contract-check/check-contract';
import { items, notes, todos } from '../../support/contract/contracts';
import { comments, shortLinks } from '../../support/contract/handler-contracts';
import { REMOVED, faultsOf } from './faults';

test.each([undefined, null, 5, 'todos', [], () => todos, new Map()])('%p is no contract', (value) => {
  expect(contractFaults(value)).toEqual([
    { path: '', message: expect.stringMatching(/^must be an object made with defineApi, but was /) },
  ]);
});

test('a misspelled auth is one fault, with the name that was meant', () => {
  expect(faultsOf(notes, { 'auth/default': 'JWt', 'routes/DELETE ~notes~{noteId}': { operation: 'delete' } })).toEqual([
    expect.stringMatching(/^auth\.default must be .*, but was the string "JWt"\. Did you mean jwt\?$/),
  ]);
});

describe('a faulty part of a contract is refused', () => {
  const NAME =
    'name must be a name of 3 to 40 lower-case letters, digits and hyphens, which begins with a letter, but was the string';
  test.each<[Record<string, unknown>, string]>([
    [{ name: 'Todos' }, `${NAME} "Todos"`],
    [{ name: 'my todos' }, `${NAME} "my todos"`],
    [{ name: 'x'.repeat(41) }, `${NAME} "${'x'.repeat(41)}"`],
    [{ name: '-a' }, `${NAME} "-a"`],
    [{ name: 'ab' }, `${NAME} "ab"`],
    [{ name: 'constructor' }, 'name is constructor, a property of every JavaScript object; choose another name'],
    [
      { name: REMOVED },
      'name is missing; it must be a name of 3 to 40 lower-case letters, digits and hyphens, which begins with a letter',
    ],
    [{ gateway: 'http' }, `gateway must be 'http-api' or 'rest-api', but was the string "http"`],
    [
      { schema: {} },
      'schema is not a keyword of a contract; known are name, gateway, item, managed, key, indexes, ttl, auth, public, cors, answers, routes',
    ],
    [
      { indexes: [] },
      "indexes must be an object of indexes, such as { byStatus: { key: ['status', 'createdAt'] } }, but was an empty array",
    ],
    [
      { cors: true },
      "cors must be an object such as { origins: ['https://todos.example.com'] }, but was the boolean true",
    ],
    [
      { 'cors/origins': [] },
      "cors.origins must be an array of origins, such as ['https://todos.example.com'], but was an empty array",
    ],
    [
      { 'cors/origins': ['https://a.example/'] },
      `cors.origins[0] must be an origin without a path, such as https://todos.example.com, or '*', but was the string "https://a.example/"`,
    ],
    [
      { 'cors/origins': ['a.example'] },
      `cors.origins[0] must be an origin without a path, such as https://todos.example.com, or '*', but was the string "a.example"`,
    ],
    [
      { 'cors/origins': ['*'] },
      "cors.credentials is true while origins has '*'; browsers refuse that. Name the origins",
    ],
    [
      { 'cors/origins': ['*', 'https://a.example'], 'cors/credentials': false },
      "cors.origins has '*' beside other origins; '*' allows all, so leave the others out",
    ],
    [
      { 'cors/maxAgeSeconds': 86_401 },
      'cors.maxAgeSeconds must be a whole number from 0 to 86400, but was the number 86401',
    ],
    [{ 'cors/headers': [] }, 'cors.headers is not a keyword of cors; known are origins, credentials, maxAgeSeconds'],
    [{ auth: 'jwt' }, `auth must be an object such as { default: 'iam' }, but was the string "jwt"`],
    [
      { auth: { defualt: 'iam' } },
      'auth.defualt is not a keyword of auth; known are default, jwt, cognito, authorizers. Did you mean default?',
    ],
    [
      { auth: { default: 'basic' } },
      expect.stringMatching(
        /^auth.default must be 'none', 'apiKey', 'iam', 'jwt', .* but was the string "basic"$/,
      ) as string,
    ],
    [
      { auth: { default: 'apiKey' } },
      "auth.default is 'apiKey', which HTTP APIs do not have; set gateway to 'rest-api', or choose 'jwt', 'iam' or an authorizer",
    ],
    [
      { auth: { default: 'jwt' } },
      "auth.default requires auth.jwt with the tokens' issuer and audience: { issuer: 'https://id.example.com/', audience: ['orders'] }",
    ],
    [{ auth: { default: { authorizer: 'gate' } } }, 'auth.default.authorizer names gate; auth.authorizers has none'],
    [
      { auth: { jwt: notes.auth.jwt } },
      "auth.jwt is not used by any route; set auth.default to 'jwt', or leave it out",
    ],
    [
      { auth: { authorizers: comments.auth.authorizers } },
      'auth.authorizers.gate is not used by any route; name it in auth.default or in a route, or leave it out',
    ],
  ])('%j', (changes, fault) => {
    expect(faultsOf(todos, changes)).toEqual([fault]);
  });
});

describe('an origin that no browser sends is refused', () => {
  test.each([
    'https://Example.com',
    'https://example.com:443',
    'http://example.com:80',
    'https://user@example.com',
    'https://*.example.com',
    'https://example.com?',
    'https://',
    'Capacitor://localhost',
    'chrome-extension://a b',
    "https://it's.example.com",
    'https://$name.example.com',
    'https://a.example,https://b.example',
  ])('%s', (origin) => {
    expect(faultsOf(todos, { 'cors/origins': [origin] })).toEqual([
      `cors.origins[0] must be an origin without a path, such as https://todos.example.com, or '*', but was the string "${origin}"`,
    ]);
  });

  test('an origin that appears twice', () => {
    expect(faultsOf(todos, { 'cors/origins': ['https://a.example', 'https://a.example'] })).toEqual([
      'cors.origins[1] is https://a.example, which appears twice',
    ]);
  });

  test.each([
    'http://localhost:3000',
    'https://todos.example.com:8443',
    'http://[::1]:3000',
    'capacitor://localhost',
    'chrome-extension://abcdefghijklmnop',
  ])('%s is accepted', (origin) => {
    expect(faultsOf(todos, { 'cors/origins': [origin] })).toEqual([]);
  });
});

const texts = (count: number) => Array.from({ length: count }, (_, at) => `a${at}`);

test.each<[Record<string, unknown>, string]>([
  [
    { 'routes/GET ~notes/auth': { jwt: texts(11) } },
    `routes["GET /notes"].auth.jwt has 11 values; API Gateway's quota is 10 scopes on a route`,
  ],
  [{ 'routes/GET ~notes/auth': { jwt: ['a', 'a'] } }, 'routes["GET /notes"].auth.jwt[1] is a, which appears twice'],
  [
    { 'auth/jwt/audience': texts(51) },
    "auth.jwt.audience has 51 values; API Gateway's quota is 50 audiences of an authorizer",
  ],
  [{ 'auth/jwt/audience': ['a', 'a'] }, 'auth.jwt.audience[1] is a, which appears twice'],
])('too many scopes or audiences, or a repeated one, are refused: %#', (changes, fault) => {
  expect(faultsOf(notes, changes)).toEqual([fault]);
});

test('10 scopes and 50 audiences, the quotas of API Gateway, are accepted', () => {
  expect(faultsOf(notes, { 'routes/GET ~notes/auth': { jwt: texts(10) }, 'auth/jwt/audience': texts(50) })).toEqual([]);
});

describe('a faulty issuer, scope or authorizer is refused', () => {
  test.each<[Record<string, unknown>, string]>([
    [
      { 'auth/jwt/issuer': 'http://id.example.com' },
      `auth.jwt.issuer must be the https address of the tokens' issuer, exactly as in their claim iss, but was the string "http://id.example.com"`,
    ],
    [
      { 'auth/jwt/issuer': REMOVED },
      "auth.jwt.issuer is missing; it must be the https address of the tokens' issuer, exactly as in their claim iss",
    ],
    [
      { 'auth/jwt/audience': 'notes' },
      `auth.jwt.audience must be an array of values of the tokens' claim aud, such as ['orders'], but was the string "notes"`,
    ],
    [{ 'auth/jwt/scopes': [] }, 'auth.jwt.scopes is not a keyword of auth.jwt; known are issuer, audience'],
    [
      { 'routes/GET ~notes/auth': { jwt: [] } },
      `routes["GET /notes"].auth.jwt must be an array of scopes, such as ['notes:delete']; for any token write auth: 'jwt', but was an empty array`,
    ],
    [
      { 'routes/GET ~notes/auth': { jwt: ['a b'] } },
      expect.stringMatching(/^routes\["GET \/notes"\].auth.jwt must be an array of scopes/) as string,
    ],
    [
      { gateway: 'rest-api', 'routes/DELETE ~notes~{noteId}/auth': REMOVED },
      "auth.default is 'jwt', which REST APIs do not have; set gateway to 'http-api', or choose 'cognito', 'apiKey', 'iam' or an authorizer",
    ],
  ])('%j', (changes, fault) => {
    expect(faultsOf(notes, changes)).toEqual([fault]);
  });

  test.each<[unknown, string]>([
    [
      {},
      "auth.authorizers.gate.entry is missing; it must be the path of a TypeScript file from the project's root, such as function/gate/index.ts",
    ],
    [
      { entry: '/gate.ts' },
      expect.stringMatching(/^auth.authorizers.gate.entry must be the path of a TypeScript file/) as string,
    ],
    [
      { entry: 'gate.ts', cacheSeconds: 3601 },
      'auth.authorizers.gate.cacheSeconds must be a whole number from 0 to 3600, but was the number 3601',
    ],
    [
      { entry: 'gate.ts', header: 'a b' },
      'auth.authorizers.gate.header must be the name of a request header, such as authorization, but was the string "a b"',
    ],
    [
      { entry: 'gate.ts', ttl: 1 },
      'auth.authorizers.gate.ttl is not a keyword of an authorizer; known are entry, header, cacheSeconds',
    ],
  ])('%j', (authorizer, fault) => {
    expect(faultsOf(comments, { 'auth/authorizers/gate': authorizer })).toEqual([fault]);
  });
});

test('the fault of an unknown authorizer lists the authorizers of the contract', () => {
  expect(faultsOf(comments, { 'routes/DELETE ~comments~{id}/auth': { authorizer: 'gaze' } })).toEqual([
    'routes["DELETE /comments/{id}"].auth.authorizer names gaze; auth.authorizers has gate. Did you mean gate?',
  ]);
});

test('a handler may be public in a contract with claims', () => {
  const handler = { handler: 'x', auth: 'none', responses: { 200: { description: 'OK' } } };
  expect(faultsOf(notes, { 'routes/GET ~shared~{noteId}': handler })).toEqual([]);
});

describe('faulty answers are refused', () => {
  test.each<[Record<string, unknown>, string]>([
    [
      { answers: true },
      "answers must be an object such as { put: 'Put item', delete: 'Deleted item' }, but was the boolean true",
    ],
    [
      { 'answers/put': '' },
      'answers.put must be the words before the key in the answer to a put, but was the string ""',
    ],
    [{ 'answers/read': 'x' }, 'answers.read is not a keyword of answers; known are put, delete'],
    [
      { managed: { version: 'version', createdAt: 'createdAt' } },
      'managed is not possible in contracts with answers; leave out one of the two',
    ],
    [
      { 'item/properties/id': { type: 'number' } },
      'key must be one field of the type string in contracts with answers',
    ],
  ])('%j', (changes, fault) => {
    expect(faultsOf(items, changes)).toEqual([fault]);
  });
});

test('faults in many parts of a contract are reported together', () => {
  const faults = faultsOf(shortLinks, {
    'item/properties/url/maxLength': null,
    'managed/code': { random: -1 },
    key: 'cod',
    'routes/POST ~links/operation': 'make',
    'routes/GET ~{code}/responses': null,
    cors: null,
    gateway: null,
  });
  expect(faults.map((fault) => /^\S+/.exec(fault)?.[0])).toEqual([
    'gateway',
    'item.properties.url.maxLength',
    'managed.code.random',
    'key',
    'cors',
    'routes["POST',
    'routes["GET',
  ]);
});
