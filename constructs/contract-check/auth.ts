/** Checks the contract's `auth`, and the `auth` of its routes. */
import { checkAuthorizers, checkCognito, checkJwt } from './auth-settings';
import { describe } from './describe';
import { isListOf, isPlainObject, isText, type Place } from './place';
import { checkQuota } from './repeated';
import { didYouMean } from './suggest';

const NAMES = ['none', 'apiKey', 'iam', 'jwt', 'cognito'] as const;
const AUTH =
  "'none', 'apiKey', 'iam', 'jwt', { jwt: ['a scope'] }, 'cognito', { cognito: ['a scope'] } or { authorizer: 'its name' }";

/** API Gateway's quota for HTTP APIs ("Quotas for configuring and running an HTTP API"). REST APIs have the same maximum here. */
const MAX_SCOPES = 10;

/** What `public` must be. */
const PUBLIC = "a text that says why anybody may call, such as 'Visitors leave entries without signing in'";

/** How a route checks its callers. */
export type AuthKind = (typeof NAMES)[number] | 'authorizer';

/** Checks the `auth` and `public` of a contract and of its routes, and records which parts of them routes use. */
export class AuthChecks {
  private readonly auth: Place;
  private readonly used = new Set<string>();
  private hasFaultyKind = false;
  private readonly defaultKind: AuthKind | undefined;

  /** Checks the contract's `auth` and `public`. */
  constructor(
    private readonly contract: Place,
    private readonly gateway: unknown,
  ) {
    this.auth = contract.field('auth');
    if (contract.has('auth') && this.auth.isObject("an object such as { default: 'iam' }")) {
      this.auth.allowOnly(['default', 'jwt', 'cognito', 'authorizers'], 'auth');
      if (this.auth.has('jwt')) checkJwt(this.auth.field('jwt'));
      if (this.auth.has('cognito')) checkCognito(this.auth.field('cognito'));
      if (this.auth.has('authorizers')) checkAuthorizers(this.auth.field('authorizers'));
    }
    this.defaultKind = this.auth.has('default') ? this.check(this.auth.field('default')) : 'none';
    contract.optional('public', PUBLIC, isText);
  }

  /** Checks the `auth` of a route, or its default, and the route's `public`. @returns undefined when the auth has faults */
  ofRoute(route: Place): AuthKind | undefined {
    const kind = route.has('auth') ? this.check(route.field('auth')) : this.defaultKind;
    if (kind === 'none') this.used.add('none');
    const isSound = route.optional('public', PUBLIC, isText);
    if (isSound && route.has('public') && kind !== undefined && kind !== 'none') {
      const auth = kind === 'authorizer' ? 'an authorizer' : `'${kind}'`;
      route
        .field('public')
        .fault(`says why anybody may call the route, but its auth is ${auth}; leave it out, or set auth to 'none'`);
    }
    return kind;
  }

  /** Reports parts of `auth`, and the contract's `public`, if no route uses them: the author probably forgot to name them. */
  reportUnused(): void {
    // The author may have meant a part of `auth` with the faulty value.
    if (this.hasFaultyKind) return;
    for (const name of ['jwt', 'cognito'] as const) {
      if (!this.auth.has(name) || this.used.has(name)) continue;
      this.auth.field(name).fault(`is not used by any route; set auth.default to '${name}', or leave it out`);
    }
    for (const [name, place] of this.auth.field('authorizers').fields) {
      if (!this.used.has(`authorizer ${name}`))
        place.fault('is not used by any route; name it in auth.default or in a route, or leave it out');
    }
    if (this.contract.has('public') && !this.used.has('none')) {
      this.contract.field('public').fault("is not used by any route, because none has the auth 'none'; leave it out");
    }
  }

  private check(place: Place): AuthKind | undefined {
    const kind = kindOf(place);
    if (kind === undefined) this.hasFaultyKind = true;
    if (kind === 'apiKey' && this.gateway === 'http-api') {
      place.fault(
        "is 'apiKey', which HTTP APIs do not have; set gateway to 'rest-api', or choose 'jwt', 'iam' or an authorizer",
      );
    }
    if (kind === 'jwt') this.checkToken(place);
    if (kind === 'cognito') this.checkPool(place);
    if (kind === 'authorizer') this.checkAuthorizer(place.field('authorizer'));
    return kind;
  }

  private checkToken(place: Place): void {
    this.used.add('jwt');
    if (this.gateway === 'rest-api') {
      place.fault(
        "is 'jwt', which REST APIs do not have; set gateway to 'http-api', or choose 'cognito', 'apiKey', 'iam' or an authorizer",
      );
    } else if (!this.auth.has('jwt')) {
      place.fault(
        "requires auth.jwt with the tokens' issuer and audience: { issuer: 'https://id.example.com/', audience: ['orders'] }",
      );
    }
  }

  private checkPool(place: Place): void {
    this.used.add('cognito');
    if (this.gateway === 'http-api') {
      place.fault(
        "is 'cognito', which HTTP APIs do not have; use 'jwt', with the user pool as the issuer, or set gateway to 'rest-api'",
      );
    } else if (!this.auth.has('cognito')) {
      place.fault('requires auth.cognito with the ARNs of the user pools: { userPoolArns: [...] }');
    }
  }

  private checkAuthorizer(place: Place): void {
    const names = this.auth.field('authorizers').fields.map(([name]) => name);
    if (typeof place.value !== 'string') return place.mustBe('the name of an authorizer');
    if (names.includes(place.value)) this.used.add(`authorizer ${place.value}`);
    else
      place.fault(
        `names ${place.value}; auth.authorizers has ${names.join(', ') || 'none'}${didYouMean(place.value, names)}`,
      );
  }
}

function kindOf(place: Place): AuthKind | undefined {
  const known = NAMES.find((name) => name === place.value);
  if (known) return known;
  const names = isPlainObject(place.value) ? Object.keys(place.value) : [];
  if (names.join() === 'authorizer') return 'authorizer';
  const tokens = (['jwt', 'cognito'] as const).find((name) => names.join() === name);
  if (tokens) {
    checkScopes(place.field(tokens), tokens);
    return tokens;
  }
  const hint = typeof place.value === 'string' ? didYouMean(place.value, NAMES) : '';
  place.fault(`must be ${AUTH}, but was ${describe(place.value)}${hint}`);
  return undefined;
}

function checkScopes(scopes: Place, kind: 'jwt' | 'cognito'): void {
  if (isListOf(isScope)(scopes.value)) return checkQuota(scopes, MAX_SCOPES, 'scopes on a route');
  const tokens = kind === 'jwt' ? 'any token' : 'identity tokens';
  scopes.mustBe(`an array of scopes, such as ['notes:delete']; for ${tokens} write auth: '${kind}'`);
}

/** RFC 6749, 3.3. */
function isScope(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(value);
}
