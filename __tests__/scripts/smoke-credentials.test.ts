/** The credentials that `npm run smoke` sends. */
import type { Api } from '../../function/contract/api';
import { credentials } from '../../scripts/smoke/credentials';
import { SessionError } from '../../scripts/smoke/step';

const API = {
  name: 'notes',
  auth: { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['notes'] } },
  routes: { 'GET /notes': { operation: 'list' } },
} as unknown as Api;

const LOCAL = 'http://127.0.0.1:3000';
const AWS = 'https://abc.execute-api.us-east-1.amazonaws.com';

const token = process.env['SMOKE_TOKEN'];

beforeEach(() => {
  delete process.env['SMOKE_TOKEN'];
});

afterEach(() => {
  if (token !== undefined) process.env['SMOKE_TOKEN'] = token;
});

test('the issuer of the local run issues a token', () => {
  const { steps } = credentials(API, { url: LOCAL, local_run_issuer: 'http://127.0.0.1:3999' });
  expect(steps).toEqual([expect.objectContaining({ server: 'http://127.0.0.1:3999', path: '/api/tokens' })]);
});

test.each([
  [AWS, 'https://id.example.com'],
  [AWS, 'http://127.0.0.1:3999'],
  [LOCAL, 'https://id.example.com'],
  [LOCAL, 'http://127.0.0.1.example.com'],
  [LOCAL, 'nowhere'],
])('with an API at %s, the server %s gets no claims', (url, issuer) => {
  const make = () => credentials(API, { url, local_run_issuer: issuer });
  expect(make).toThrow(SessionError);
  expect(make).toThrow(/Set SMOKE_TOKEN to a token of https:\/\/id\.example\.com\/ for notes/);
});
