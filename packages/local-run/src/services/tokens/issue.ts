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
  /** Claims that are added to the token, or replace its claims. `iss` selects one of several issuers. @default none */
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
  const target = selectTarget(deployments, stack, claims['iss']);
  const lifetime = expiresInSeconds ?? DEFAULT_LIFETIME_SECONDS;
  const all = claimsFor(target, { subject: sub, scopes, claims, expiresInSeconds: lifetime }, Date.now());
  return { token: await issuer.sign(all), stack: target.stack, claims: all };
}

function selectTarget(deployments: readonly Deployment[], stack: string | undefined, issuer: unknown): TokenTarget {
  const known = deployments.map((deployment) => deployment.stack);
  if (stack !== undefined && !known.includes(stack)) {
    throw new TokenRequestError(`There is no stack ${stack}. The stacks are ${known.join(', ')}.`);
  }
  const all = deployments.flatMap(tokenTargets);
  const ofStack = all.filter((target) => target.stack === (stack ?? target.stack));
  const targets = ofStack.filter((target) => target.issuer === (issuer ?? target.issuer));
  const [first] = targets;
  const stacks = unique(targets.map((target) => target.stack));
  const issuers = unique(targets.map((target) => target.issuer));
  if (first && stacks.length === 1 && issuers.length === 1) return first;
  if (stacks.length > 1) {
    throw new TokenRequestError(`The routes of several stacks need tokens: ${stacks.join(', ')}. Name one of them.`);
  }
  if (issuers.length > 1) {
    const names = issuers.join(', ');
    throw new TokenRequestError(
      `The stack ${stacks[0]} has several issuers: ${names}. Set the claim iss to one of them.`,
    );
  }
  throw new TokenRequestError(noTargetMessage(all, ofStack, stack));
}

function noTargetMessage(
  all: readonly TokenTarget[],
  ofStack: readonly TokenTarget[],
  stack: string | undefined,
): string {
  if (ofStack.length > 0) {
    return `No route accepts this claim iss. Use ${unique(ofStack.map((target) => target.issuer)).join(' or ')}.`;
  }
  const names = unique(all.map((target) => target.stack)).join(', ');
  const others = names === '' ? 'No route of any stack needs a token.' : `These stacks have such routes: ${names}.`;
  return stack === undefined ? others : `No route of the stack ${stack} needs a token. ${others}`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
