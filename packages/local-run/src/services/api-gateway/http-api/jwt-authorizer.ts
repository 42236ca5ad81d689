/** JWT authorizers of an HTTP API (API Gateway developer guide, "Control access to HTTP APIs with JWT authorizers"). */
import type { JwtAuthorization } from '../../../model/deployment';
import { type Claims, parseToken, scopesOf, timeFault } from '../../tokens/claims';
import type { TokenVerifier } from '../../tokens/token-verifier';
import { type Authorized, refused } from '../authorization-result';
import { type GatewayRequest, headerValue } from '../request';
import * as errors from './errors';

export async function authorizeToken(
  authorization: JwtAuthorization,
  { rawHeaders, time }: Pick<GatewayRequest, 'rawHeaders' | 'time'>,
  verifier: TokenVerifier,
): Promise<Authorized> {
  const header = headerValue(rawHeaders, 'authorization');
  if (header === undefined) return refused(errors.unauthorized('there is no authorization header', 'Bearer'));
  const parsed = parseToken(header.replace(/^bearer /i, ''));
  if (!parsed) return invalid('the token is not a JWT', 'token contains an invalid number of segments');
  const { claims } = parsed;
  const fault = claimFault(claims, authorization, time.getTime() / 1000);
  if (fault) return invalid(...fault);
  const signatureFault = await verifier.signatureFault(parsed, authorization.issuer);
  if (signatureFault !== undefined) return invalid(signatureFault, 'the signature of the token cannot be verified');
  const scopes = scopesOf(claims);
  const { scopes: wanted } = authorization;
  if (wanted.length > 0 && !wanted.some((scope) => scopes.includes(scope))) {
    const challenge = `Bearer scope="${wanted.join(' ')}" error="insufficient_scope"`;
    return refused(errors.forbidden(`the token has none of the scopes ${wanted.join(', ')}`, challenge));
  }
  return { allowed: true, authorizer: jwtContext(claims, wanted.length > 0 ? scopes : null) };
}

/**
 * @returns the reason for the log, and the `error_description` for the caller. Only the description of the audience is AWS's
 *   (developer guide, "Troubleshooting issues with HTTP API JWT authorizers")
 */
function claimFault(claims: Claims, { issuer, audience }: JwtAuthorization, now: number): [string, string] | undefined {
  const { iss, aud, client_id: clientId } = claims;
  if (iss !== issuer) {
    return [`the token's iss is ${JSON.stringify(iss)}, not ${JSON.stringify(issuer)}`, 'the token has another issuer'];
  }
  // API Gateway reads client_id only when aud is missing.
  const audiences = [aud ?? clientId].flat();
  if (!audience.some((name) => audiences.includes(name))) {
    const reason = `the token's aud is ${JSON.stringify(aud ?? clientId)}, which is none of ${audience.join(', ')}`;
    return [reason, 'the token does not have a valid audience'];
  }
  const fault = timeFault(claims, now);
  return fault === undefined ? undefined : [fault, fault];
}

function invalid(reason: string, description: string): Authorized {
  const challenge = `Bearer scope="" error="invalid_token" error_description="${description}"`;
  return refused(errors.unauthorized(reason, challenge));
}

/** The event's `requestContext.authorizer`. Claims arrive as text, and arrays as `[a b]`. */
function jwtContext(claims: Claims, scopes: readonly string[] | null): object {
  const texts = Object.entries(claims).map(([name, value]) => [name, claimText(value)]);
  return { jwt: { claims: Object.fromEntries(texts) as object, scopes } };
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
