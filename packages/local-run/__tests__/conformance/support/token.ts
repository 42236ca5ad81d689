/** Makes the tokens of cases. */
import { LocalIssuer } from '../../../src/services/tokens/local-issuer';
import type { Token } from './case';
import type { Target } from './target';

/** Its keys differ from the keys of the target. */
const otherIssuer = new LocalIssuer();

/** @returns the value of the header Authorization */
export async function authorizationOf(token: Token, { sign }: Target): Promise<string> {
  if (!sign) throw new Error('Only the local run signs tokens.');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iat: now - 1, exp: now + (token.lifetime ?? 60), ...token.claims };
  const signed = token.signature === 'wrong' ? await wronglySigned(claims, sign) : await sign(claims);
  return `${token.bare ? '' : 'Bearer '}${change(signed, token.signature)}`;
}

/** Names the key of the target, and has the signature of another key. */
async function wronglySigned(claims: object, sign: NonNullable<Target['sign']>): Promise<string> {
  const [header, payload] = (await sign({ ...claims })).split('.');
  const signature = (await otherIssuer.sign({ ...claims })).split('.').at(-1);
  return [header, payload, signature].join('.');
}

function change(token: string, signature: Token['signature']): string {
  const [header = '', payload = '', last = ''] = token.split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  if (signature === 'none') return `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`;
  if (signature !== 'stale') return token;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return `${header}.${encode({ ...claims, sub: 'eve' })}.${last}`;
}
