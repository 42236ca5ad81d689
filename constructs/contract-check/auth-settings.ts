/** Checks the parts of `auth` that routes refer to: the issuer of tokens, Cognito user pools and authorizers. */
import { isListOf, isText, isWhole, type Place } from './place';
import { checkQuota, checkRepeated } from './repeated';

/** API Gateway's quota for HTTP APIs ("Quotas for configuring and running an HTTP API"). */
const MAX_AUDIENCES = 50;

const USER_POOL = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI';

const AUTHORIZER_NAME = /^[a-z][A-Za-z0-9]{0,19}$/;
const RESERVED_NAMES = ['none', 'apiKey', 'iam', 'jwt', 'cognito'];

/** Checks `auth.jwt`. */
export function checkJwt(place: Place): void {
  if (!place.isObject("an object such as { issuer: 'https://id.example.com/', audience: ['orders'] }")) return;
  place.allowOnly(['issuer', 'audience'], 'auth.jwt');
  place.required('issuer', "the https address of the tokens' issuer, exactly as in their claim iss", isHttps);
  const isSound = place.required(
    'audience',
    "an array of values of the tokens' claim aud, such as ['orders']",
    isListOf(isText),
  );
  if (isSound) checkQuota(place.field('audience'), MAX_AUDIENCES, 'audiences of an authorizer');
}

/** Checks `auth.authorizers`. */
export function checkAuthorizers(place: Place): void {
  if (!place.isObject("an object of authorizers, such as { gate: { entry: 'function/gate/index.ts' } }")) return;
  for (const [name, authorizer] of place.fields) {
    checkAuthorizerName(name, authorizer, place);
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

/** The name becomes part of the names of resources, and of security schemes in the OpenAPI document. */
function checkAuthorizerName(name: string, place: Place, all: Place): void {
  if (!AUTHORIZER_NAME.test(name))
    place.fault(
      'has a name that is not possible; a name has at most 20 letters and digits, and begins with a lower-case letter',
    );
  else if (RESERVED_NAMES.includes(name))
    place.fault(`has the name ${name}, which is a kind of auth; choose another name`);
  const others = all.fields.map(([other]) => other);
  const twin = others.slice(0, others.indexOf(name)).find((other) => other.toLowerCase() === name.toLowerCase());
  if (twin !== undefined) place.fault(`differs from ${twin} only in upper and lower case; choose another name`);
}

/** Checks `auth.cognito`. */
export function checkCognito(place: Place): void {
  if (!place.isObject(`an object such as { userPoolArns: ['${USER_POOL}'] }`)) return;
  place.allowOnly(['userPoolArns'], 'auth.cognito');
  const expected = `an array of ARNs of Cognito user pools, such as ['${USER_POOL}']`;
  if (place.required('userPoolArns', expected, isListOf(isUserPoolArn))) checkRepeated(place.field('userPoolArns'));
}

function isHttps(value: unknown): boolean {
  return typeof value === 'string' && /^https:\/\/[^\s?#]+$/.test(value) && URL.canParse(value);
}

function isUserPoolArn(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[a-z0-9-]+_[A-Za-z0-9]+$/.test(value)
  );
}

function isFile(value: unknown): boolean {
  return typeof value === 'string' && /^[^/\\].*\.[cm]?[jt]s$/.test(value);
}

/** Letters, digits, `-` and `_`: the characters that identity sources of both kinds of API can have. */
function isHeaderName(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9][\w-]*$/.test(value);
}
