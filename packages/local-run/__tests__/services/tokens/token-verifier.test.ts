/** Signatures of tokens: of the local issuer, and of an issuer that a server in this process plays. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseToken } from '../../../src/services/tokens/claims';
import { LocalIssuer } from '../../../src/services/tokens/local-issuer';
import { TokenVerifier } from '../../../src/services/tokens/token-verifier';

const LOCAL_NAME = 'https://id.example.com/';

let remote: LocalIssuer;
let server: Server;
let url: string;
let discoveries = 0;

beforeAll(async () => {
  remote = new LocalIssuer('remote');
  const keys = await remote.keySet();
  server = createServer(({ url: path }, response) => {
    if (path === '/keys') return void response.end(JSON.stringify(keys));
    if (path !== '/.well-known/openid-configuration') return void response.writeHead(404).end();
    discoveries += 1;
    response.end(JSON.stringify({ jwks_uri: `${url}/keys` }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

function parse(token: string) {
  const parsed = parseToken(token);
  if (!parsed) throw new Error(`This is not a token: ${token}`);
  return parsed;
}

const withHeader = (token: string, header: object) =>
  [Buffer.from(JSON.stringify(header)).toString('base64url'), ...token.split('.').slice(1)].join('.');

test('the local issuer signs for every issuer', async () => {
  const verifier = new TokenVerifier();
  const token = await verifier.localIssuer.sign({ iss: LOCAL_NAME });
  expect(await verifier.signatureFault(parse(token), LOCAL_NAME)).toBeUndefined();
});

test('the signature of a token is verified once for each issuer', async () => {
  const verifier = new TokenVerifier();
  const verify = jest.spyOn(verifier.localIssuer, 'hasSigned');
  const token = await verifier.localIssuer.sign({ iss: LOCAL_NAME });
  for (const issuer of [LOCAL_NAME, LOCAL_NAME, 'https://other.example.com/']) {
    expect(await verifier.signatureFault(parse(token), issuer)).toBeUndefined();
  }
  expect(verify).toHaveBeenCalledTimes(2);
});

test('a verified token does not vouch for the same claims with another signature', async () => {
  const verifier = new TokenVerifier();
  const token = await verifier.localIssuer.sign({ iss: LOCAL_NAME, sub: 'ada' });
  const other = await verifier.localIssuer.sign({ iss: LOCAL_NAME, sub: 'bob' });
  expect(await verifier.signatureFault(parse(token), LOCAL_NAME)).toBeUndefined();
  const forged = [...token.split('.').slice(0, 2), other.split('.')[2]].join('.');
  expect(await verifier.signatureFault(parse(forged), LOCAL_NAME)).toBe('the signature of the token is wrong');
});

test('each run has other keys', async () => {
  const [one, other] = [new LocalIssuer(), new LocalIssuer()];
  expect((await one.keySet()).keys[0]?.n).not.toBe((await other.keySet()).keys[0]?.n);
  expect((await one.keySet()).keys[0]).not.toHaveProperty('d');
});

test('a token of an issuer on the network is accepted, and its discovery document is read once', async () => {
  const verifier = new TokenVerifier();
  for (const sub of ['ada', 'bob']) {
    const token = await remote.sign({ iss: url, sub });
    expect(await verifier.signatureFault(parse(token), url)).toBeUndefined();
  }
  expect(discoveries).toBe(1);
});

test('a token that another issuer signed is refused', async () => {
  const stranger = await new LocalIssuer('stranger').sign({ iss: url });
  expect(await new TokenVerifier().signatureFault(parse(stranger), url)).toBe(`${url} has no key that the token names`);
});

test('a token with the name of a key and another signature is refused', async () => {
  const { kid } = (await remote.keySet()).keys[0] ?? {};
  const forged = withHeader(await new LocalIssuer().sign({ iss: url }), { alg: 'RS256', kid });
  expect(await new TokenVerifier().signatureFault(parse(forged), url)).toBe('the signature of the token is wrong');
});

test.each(['none', 'HS256', 'ES256', undefined])('the algorithm %s is refused', async (alg) => {
  const verifier = new TokenVerifier();
  const token = withHeader(await verifier.localIssuer.sign({}), { alg });
  expect(await verifier.signatureFault(parse(token), LOCAL_NAME)).toMatch(/^the token has the algorithm .*, not RS256/);
});

test('a token without a key id is refused', async () => {
  const token = withHeader(await remote.sign({ iss: url }), { alg: 'RS256' });
  expect(await new TokenVerifier().signatureFault(parse(token), url)).toMatch(/^the token has no kid/);
});

test('the reason says that another local run signed a token', async () => {
  const token = await new LocalIssuer().sign({ iss: LOCAL_NAME });
  const reason = await new TokenVerifier().signatureFault(parse(token), LOCAL_NAME);
  expect(reason).toMatch(/^another local run signed the token, .* npm run token$/);
});

test('a token with a header that is not supported is refused with this reason', async () => {
  const { kid } = (await remote.keySet()).keys[0] ?? {};
  const token = withHeader(await remote.sign({ iss: url }), { alg: 'RS256', kid, crit: ['x'], x: 1 });
  expect(await new TokenVerifier().signatureFault(parse(token), url)).toMatch(/^the token is not supported: /);
});

test('an issuer that cannot be reached is named in the reason', async () => {
  const token = await remote.sign({ iss: 'http://127.0.0.1:1' });
  expect(await new TokenVerifier().signatureFault(parse(token), 'http://127.0.0.1:1')).toMatch(
    /^the local issuer did not sign the token, and the keys of its issuer cannot be read: http:\/\/127\.0\.0\.1:1\/\.well-known.*: /,
  );
});

test('an issuer without a discovery document is named in the reason', async () => {
  const token = await remote.sign({ iss: `${url}/x` });
  expect(await new TokenVerifier().signatureFault(parse(token), `${url}/x`)).toContain(`answers 404`);
});
