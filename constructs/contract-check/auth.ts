/** Checks the contract's `auth` and `cors`, and the `auth` of its routes. */
import { describe } from './describe';
import { isBoolean, isPlainObject, isText, isWhole, type Place } from './place';
import { checkRepeated } from './repeated';
import { didYouMean } from './suggest';

const NAMES = ['none', 'apiKey', 'iam', 'jwt'] as const;
const AUTH = "'none', 'apiKey', 'iam', 'jwt', { jwt: ['a scope'] } or { authorizer: 'its name' }";

/** API Gateway's quotas for HTTP APIs ("Quotas for configuring and running an HTTP API"). */
const MAX_SCOPES = 10;
const MAX_AUDIENCES = 50;

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
      this.auth.allowOnly(['default', 'jwt', 'authorizers'], 'auth');
      if (this.auth.has('jwt')) checkJwt(this.auth.field('jwt'));
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
    if (this.auth.has('jwt') && !this.used.has('jwt')) {
      this.auth.field('jwt').fault("is not used by any route; set auth.default to 'jwt', or leave it out");
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
    if (kind === 'authorizer') this.checkAuthorizer(place.field('authorizer'));
    return kind;
  }

  private checkToken(place: Place): void {
    this.used.add('jwt');
    if (this.gateway === 'rest-api') {
      place.fault(
        "is 'jwt', which REST APIs do not have; set gateway to 'http-api', or choose 'apiKey', 'iam' or an authorizer",
      );
    } else if (!this.auth.has('jwt')) {
      place.fault(
        "requires auth.jwt with the tokens' issuer and audience: { issuer: 'https://id.example.com/', audience: ['orders'] }",
      );
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
  if (names.join() === 'jwt') {
    const scopes = place.field('jwt');
    // RFC 6749, 3.3
    const isScope = (value: unknown) => typeof value === 'string' && /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(value);
    if (!isListOf(isScope)(scopes.value))
      scopes.mustBe("an array of scopes, such as ['notes:delete']; for any token write auth: 'jwt'");
    else checkList(scopes, MAX_SCOPES, 'scopes on a route');
    return 'jwt';
  }
  const hint = typeof place.value === 'string' ? didYouMean(place.value, NAMES) : '';
  place.fault(`must be ${AUTH}, but was ${describe(place.value)}${hint}`);
  return undefined;
}

function checkJwt(place: Place): void {
  if (!place.isObject("an object such as { issuer: 'https://id.example.com/', audience: ['orders'] }")) return;
  place.allowOnly(['issuer', 'audience'], 'auth.jwt');
  place.required('issuer', "the https address of the tokens' issuer, exactly as in their claim iss", isHttps);
  const isSound = place.required(
    'audience',
    "an array of values of the tokens' claim aud, such as ['orders']",
    isListOf(isText),
  );
  if (isSound) checkList(place.field('audience'), MAX_AUDIENCES, 'audiences of an authorizer');
}

function checkList(place: Place, max: number, noun: string): void {
  checkRepeated(place);
  const { length } = place.items;
  if (length > max) place.fault(`has ${length} values; API Gateway's quota is ${max} ${noun}`);
}

function checkAuthorizers(place: Place): void {
  if (!place.isObject("an object of authorizers, such as { gate: { entry: 'function/gate/index.ts' } }")) return;
  for (const [, authorizer] of place.fields) {
    if (!authorizer.isObject("an authorizer, such as { entry: 'function/gate/index.ts' }")) continue;
    authorizer.allowOnly(['entry', 'header', 'cacheSeconds'], 'an authorizer');
    authorizer.required(
      'entry',
      "the path of a TypeScript file from the project's root, such as function/gate/index.ts",
      isFile,
    );
    authorizer.optional('header', 'the name of a request header, such as authorization', isHeaderName);
    authorizer.optional('cacheSeconds', 'a whole number from 0 to 3600', isWhole(0, 3600));
  }
}

/** Checks the contract's `cors`. */
export function checkCors(contract: Place): void {
  const place = contract.field('cors');
  if (!contract.has('cors') || !place.isObject("an object such as { origins: ['https://todos.example.com'] }")) return;
  place.allowOnly(['origins', 'credentials', 'maxAgeSeconds'], 'cors');
  place.optional('credentials', 'true or false', isBoolean);
  place.optional('maxAgeSeconds', 'a whole number from 0 to 86400', isWhole(0, 86_400));
  if (
    !place.required(
      'origins',
      "an array of origins, such as ['https://todos.example.com']",
      isListOf(() => true),
    )
  )
    return;
  const origins = place.field('origins');
  for (const origin of origins.items)
    if (!isOrigin(origin.value)) origin.mustBe("an origin without a path, such as https://todos.example.com, or '*'");
  checkRepeated(origins);
  if (!origins.items.some(({ value }) => value === '*')) return;
  if (origins.items.length > 1) origins.fault("has '*' beside other origins; '*' allows all, so leave the others out");
  if (place.field('credentials').value === true) {
    place.field('credentials').fault("is true while origins has '*'; browsers refuse that. Name the origins");
  }
}

function isListOf(test: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.length > 0 && Array.from(value).every(test);
}

function isHttps(value: unknown): boolean {
  return typeof value === 'string' && /^https:\/\/[^\s?#]+$/.test(value) && URL.canParse(value);
}

/** Whether browsers can send the text as the header Origin: in lower case, without user, path, default port or wildcard. */
function isOrigin(value: unknown): boolean {
  if (value === '*') return true;
  if (typeof value !== 'string' || !/^[a-z][a-z\d+.-]*:\/\/[^/?#@*\s]+$/.test(value) || !URL.canParse(value))
    return false;
  // For other schemes, such as capacitor://localhost, `URL` has the origin `null`.
  return /^https?:/.test(value) ? new URL(value).origin === value : value === value.toLowerCase();
}

function isFile(value: unknown): boolean {
  return typeof value === 'string' && /^[^/\\].*\.[cm]?[jt]s$/.test(value);
}

function isHeaderName(value: unknown): boolean {
  return typeof value === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value);
}
