/** Issues tokens that the routes of the stacks accept. */
import type { Deployment } from '../../model/deployment';
import type { Claims } from './claims';
import type { LocalIssuer } from './local-issuer';
import { claimsFor, type TokenTarget, tokenTargets } from './token-target';

export interface TokenRequest {
  /** The stack whose routes accept the token. @default the only stack whose routes need tokens */
  readonly stack?: string | undefined;
  /** The claim `sub`: the caller. @default example-user */
  readonly sub?: string;
  /** @default none */
  readonly scopes?: readonly string[];
  /** Claims that are added to the token, or replace its claims. `iss` and `aud` select one of several authorizers. @default none */
  readonly claims?: Claims;
  /** 0 or less: the token has expired. @default 3600 */
  readonly expiresInSeconds?: number;
}

export interface IssuedToken {
  readonly token: string;
  readonly stack: string;
  readonly claims: Claims;
}

/** No issuer, or more than one, fits the request for a token. */
export class TokenRequestError extends Error {
  override readonly name = 'TokenRequestError';
}

const DEFAULT_LIFETIME_SECONDS = 60 * 60;

/** @throws TokenRequestError */
export async function issueToken(
  deployments: readonly Deployment[],
  issuer: LocalIssuer,
  { stack, sub = 'example-user', scopes = [], claims = {}, expiresInSeconds }: TokenRequest,
): Promise<IssuedToken> {
  const target = selectTarget(deployments, stack, claims);
  const lifetime = expiresInSeconds ?? DEFAULT_LIFETIME_SECONDS;
  const all = claimsFor(target, { subject: sub, scopes, claims, expiresInSeconds: lifetime }, Date.now());
  return { token: await issuer.sign(all), stack: target.stack, claims: all };
}

function selectTarget(deployments: readonly Deployment[], stack: string | undefined, claims: Claims): TokenTarget {
  const { iss, aud } = claims;
  const known = deployments.map((deployment) => deployment.stack);
  if (stack !== undefined && !known.includes(stack)) {
    throw new TokenRequestError(`There is no stack ${stack}. The stacks are ${known.join(', ')}.`);
  }
  const all = deployments.flatMap(tokenTargets);
  const ofStack = all.filter((target) => target.stack === (stack ?? target.stack));
  const ofIssuer = ofStack.filter(({ issuers }) => iss === undefined || issuers.some((name) => name === iss));
  // A token can have an audience that no authorizer accepts, to try what happens.
  const ofAudience = ofIssuer.filter(({ audiences }) => audiences.some((name) => name === aud));
  const targets = ofAudience.length > 0 ? ofAudience : ofIssuer;
  const [first] = targets;
  if (!first) throw new TokenRequestError(noTargetMessage(all, ofStack, stack));
  const stacks = unique(targets.map((target) => target.stack));
  if (stacks.length > 1) {
    const option = `--stack ${first.stack} (in POST /api/tokens: stack)`;
    throw new TokenRequestError(`The routes of several stacks need tokens: ${stacks.join(', ')}. Pass ${option}.`);
  }
  const issuers = unique(targets.map((target) => target.issuer));
  if (iss === undefined && issuers.length > 1) throw severalError(first.stack, 'issuers', issuers, 'iss');
  const audiences = unique(targets.flatMap(({ audience }) => audience ?? []));
  if (aud === undefined && audiences.length > 1) throw severalError(first.stack, 'audiences', audiences, 'aud');
  return first;
}

function severalError(stack: string, kind: string, names: readonly string[], claim: 'aud' | 'iss'): TokenRequestError {
  const [first = ''] = names;
  const option = `--claim ${claim}=${first} (in POST /api/tokens: claims.${claim})`;
  return new TokenRequestError(`The stack ${stack} has several ${kind}: ${names.join(', ')}. Pass ${option}.`);
}

function noTargetMessage(
  all: readonly TokenTarget[],
  ofStack: readonly TokenTarget[],
  stack: string | undefined,
): string {
  if (ofStack.length > 0) {
    const [first = '', ...others] = unique(ofStack.flatMap((target) => target.issuers));
    const more = others.length === 0 ? '' : `, or the issuer ${others.join(' or ')}`;
    return `No route accepts this claim iss. Pass --claim iss=${first}${more}.`;
  }
  const names = unique(all.map((target) => target.stack)).join(', ');
  const others = names === '' ? 'No route of any stack needs a token.' : `These stacks have such routes: ${names}.`;
  return stack === undefined ? others : `No route of the stack ${stack} needs a token. ${others}`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
