/** Finds the tokens that the routes of a contract require. */
import type { Api, Auth } from '../../function/contract/api';
import { authOf, routesOf } from '../../function/contract/model';
import { type Headers, SessionError, type StackOutputs, type Step } from './step';

/** A kind of token: routes of the same kind get the same token. */
interface TokenKind {
  /** Name of the saved value, for the steps that follow. */
  readonly name: string;
  /** The environment variables that can contain the token; the first one with a value counts. */
  readonly variables: readonly string[];
  /** What the token is, for an error. */
  readonly description: string;
  /** Scopes of the token. @default none */
  readonly scopes: readonly string[];
  /** Whether the issuer of the local run issues such tokens. */
  readonly isIssued: boolean;
  readonly headersOf: (token: string) => Headers;
}

export interface Tokens {
  /** Steps that get tokens from the local run, before the first request to the API. */
  readonly steps: readonly Step[];
  /** Makes the headers for an auth. @returns undefined when the auth needs no token */
  readonly headersOf: (auth: Auth) => Headers | undefined;
}

/**
 * Finds the tokens: in the environment, or from the issuer of the local run.
 * @param issuer URL of the local run's issuer; undefined for an API elsewhere
 * @throws SessionError when a route needs a token and there is none
 */
export function tokensOf(api: Api, issuer: string | undefined): Tokens {
  const kinds = new Map<string, TokenKind>();
  for (const { route } of routesOf(api)) {
    const kind = kindOf(api, authOf(api, route));
    if (kind) kinds.set(kind.name, kind);
  }
  const steps: Step[] = [];
  const headers = new Map<string, Headers>();
  for (const kind of kinds.values()) {
    const issued = kind.variables.map((variable) => process.env[variable] ?? '').find((value) => value !== '');
    if (issued === undefined && (issuer === undefined || !kind.isIssued)) throw missingToken(kind);
    if (issued === undefined && issuer !== undefined) steps.push(tokenStep(issuer, api, kind));
    headers.set(kind.name, kind.headersOf(issued ?? `{${kind.name}}`));
  }
  return { steps, headersOf: (auth) => headers.get(kindOf(api, auth)?.name ?? '') };
}

/** @returns undefined when the auth needs no token */
function kindOf(api: Api, auth: Auth): TokenKind | undefined {
  if (auth === 'jwt' || (typeof auth === 'object' && 'jwt' in auth)) return jwtKind(api);
  if (auth === 'cognito') return cognitoKind(api, 'identity', ['SMOKE_TOKEN'], []);
  if (typeof auth === 'string') return undefined;
  if ('cognito' in auth) {
    // Methods with scopes accept access tokens, the other methods identity tokens.
    const needsBoth = routesOf(api).some(({ route }) => authOf(api, route) === 'cognito');
    const variables = needsBoth ? ['SMOKE_ACCESS_TOKEN'] : ['SMOKE_ACCESS_TOKEN', 'SMOKE_TOKEN'];
    return cognitoKind(api, 'access', variables, scopesOf(api, 'cognito'));
  }
  return authorizerKind(api, auth.authorizer);
}

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

function jwtKind(api: Api): TokenKind {
  const { issuer, audience } = api.auth?.jwt ?? { issuer: '', audience: [] };
  const description = `a token of ${issuer} for ${audience.join(' or ')}`;
  return {
    ...{ name: 'issued token', variables: ['SMOKE_TOKEN'], description },
    ...{ scopes: scopesOf(api, 'jwt'), isIssued: true, headersOf: bearer },
  };
}

function cognitoKind(
  api: Api,
  use: 'identity' | 'access',
  variables: readonly string[],
  scopes: readonly string[],
): TokenKind {
  const description = `an ${use} token of ${(api.auth?.cognito?.userPoolArns ?? []).join(' or ')}`;
  return { name: `${use} token`, variables, description, scopes, isIssued: true, headersOf: bearer };
}

function authorizerKind(api: Api, name: string): TokenKind {
  const { header = 'authorization' } = api.auth?.authorizers?.[name] ?? {};
  return {
    name: `value for the authorizer ${name}`,
    variables: [`SMOKE_TOKEN_${name.toUpperCase()}`, 'SMOKE_TOKEN'],
    description: `a value of the header ${header} that the authorizer ${name} allows`,
    ...{ scopes: [], isIssued: false, headersOf: (value) => ({ [header.toLowerCase()]: value }) },
  };
}

/** All scopes that routes with this kind of auth accept. */
function scopesOf(api: Api, kind: 'jwt' | 'cognito'): readonly string[] {
  const scopes = routesOf(api).flatMap(({ route }): readonly string[] => {
    const auth = authOf(api, route);
    if (typeof auth !== 'object') return [];
    if (kind === 'jwt') return 'jwt' in auth ? auth.jwt : [];
    return 'cognito' in auth ? auth.cognito : [];
  });
  return [...new Set(scopes)];
}

function missingToken({ variables: [variable = ''], description, scopes }: TokenKind): SessionError {
  const scopeText = scopes.length > 0 ? ` and the scopes ${scopes.join(' ')}` : '';
  return new SessionError(`the routes need a token. Set ${variable} to ${description}${scopeText}.`);
}

function tokenStep(issuer: string, api: Api, { name, scopes }: TokenKind): Step {
  const claims = Object.fromEntries(
    Object.values(api.managed ?? {}).flatMap((how) =>
      // The issuer sets the subject.
      typeof how === 'object' && 'claim' in how && how.claim !== 'sub' ? [[how.claim, 'smoke']] : [],
    ),
  ) as object;
  return {
    ...{ method: 'POST', path: '/api/tokens', server: issuer, label: 'of the issuer' },
    ...{ body: { stack: api.name, sub: 'smoke', scopes, claims }, status: 200, save: { [name]: 'body.token' } },
  };
}

/** Returns the URL of the local run's issuer. An output of a stack on AWS could name any server, which must not get claims. */
export function localIssuer({ local_run_issuer: server }: StackOutputs, isLocal: boolean): string | undefined {
  return typeof server === 'string' && isLocal && isLoopback(server) ? server : undefined;
}

/** Whether a URL names this machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname.endsWith('.localhost');
}
