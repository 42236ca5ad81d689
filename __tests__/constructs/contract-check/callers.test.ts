/** Faults of Cognito user pools and of the names of authorizers. */
import { diaries, rooms } from '../../support/caller-contracts';
import { notes } from '../../support/contract/contracts';
import { faultsOf, REMOVED } from './faults';

const POOL = diaries.auth.cognito.userPoolArns[0];

test.each(['a REST API with an authorizer and CORS', 'a REST API with Cognito'])('%s has no faults', (name) => {
  expect(faultsOf(name.endsWith('CORS') ? rooms : diaries, {})).toEqual([]);
});

describe('a fault of Cognito', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ 'auth/cognito': REMOVED, 'routes/DELETE ~diaries~{dayId}/auth': REMOVED }, 'auth.default requires auth.cognito'],
    [
      { 'auth/cognito/userPoolArns': ['eu-west-1_AbCdEfGhI'] },
      'auth.cognito.userPoolArns must be an array of ARNs of Cognito user pools',
    ],
    [{ 'auth/cognito/userPoolArns': [] }, 'auth.cognito.userPoolArns must be an array of ARNs of Cognito user pools'],
    [{ 'auth/cognito/userPoolArns': [POOL, POOL] }, `auth.cognito.userPoolArns[1] is ${POOL}, which appears twice`],
    [{ 'auth/cognito/audience': ['a'] }, 'auth.cognito.audience is not a keyword of auth.cognito'],
    [
      { 'routes/DELETE ~diaries~{dayId}/auth': { cognito: [] } },
      'routes["DELETE /diaries/{dayId}"].auth.cognito must be an array of scopes',
    ],
  ])('%j', (changes, fault) => {
    expect(faultsOf(diaries, changes)).toEqual([expect.stringContaining(fault)]);
  });

  test('a user pool that no route uses', () => {
    expect(faultsOf(rooms, { 'auth/cognito': diaries.auth.cognito })).toEqual([
      "auth.cognito is not used by any route; set auth.default to 'cognito', or leave it out",
    ]);
  });

  test('cognito behind an HTTP API', () => {
    expect(faultsOf(notes, { 'routes/GET ~notes/auth': 'cognito' })).toEqual([
      expect.stringMatching(/^routes\["GET \/notes"\]\.auth is 'cognito', which HTTP APIs do not have; use 'jwt'/),
    ]);
  });
});

describe('a name of an authorizer', () => {
  const entry = { entry: 'function/gate/index.ts' };
  const withAuthorizers = (...names: string[]) => ({
    'auth/authorizers': Object.fromEntries([...names, 'gate'].map((name) => [name, entry])),
    'routes/GET ~rooms/auth': { authorizer: names[0] },
    'routes/POST ~rooms/auth': { authorizer: names.at(-1) },
  });

  test.each(['jwt', 'iam', 'cognito', 'apiKey', 'none'])('%s is refused, because it is a kind of auth', (name) => {
    expect(faultsOf(rooms, withAuthorizers(name))).toEqual([
      `auth.authorizers.${name} has the name ${name}, which is a kind of auth; choose another name`,
    ]);
  });

  test.each(['Door', 'my-gate', 'x'.repeat(21), '${gate}'])('%s is refused', (name) => {
    expect(faultsOf(rooms, withAuthorizers(name))).toEqual([
      expect.stringContaining('has a name that is not possible'),
    ]);
  });

  test('that differs from another one only in case is refused', () => {
    expect(faultsOf(rooms, withAuthorizers('gateA', 'gatea'))).toEqual([
      'auth.authorizers.gatea differs from gateA only in upper and lower case; choose another name',
    ]);
  });
});

test.each(['x session', '$session', 'x.session', ''])('the header %j of an authorizer is refused', (header) => {
  expect(faultsOf(rooms, { 'auth/authorizers/gate/header': header })).toEqual([
    expect.stringContaining('auth.authorizers.gate.header must be the name of a request header'),
  ]);
});
