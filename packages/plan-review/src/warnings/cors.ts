/** Warns of CORS settings that let web pages of more origins call an API, or call it with the user's credentials. */
import type { Change } from '../model/plan';
import { attribute, parseJsonText, UNKNOWN, type Value } from '../model/value';
import { changedSettings, isWritten, type Setting, settingsBetween, settingsIn } from './settings';
import { type Check, name, rule, text, values } from './warning';
import { membersAt, membersOf } from './lists';

/**
 * `allow_origins`, `allowed_origins` of a bucket, `items` below CloudFront's `access_control_allow_origins`, and `allowOrigins` in an
 * OpenAPI document.
 */
const ORIGINS = /allow(ed)?_?origins?$/i;
const CREDENTIALS = /allow_?credentials$/i;
/** Keys of `response_parameters`: a REST API sets the headers itself. */
const ORIGIN_HEADER = /\.access-control-allow-origin$/i;
const CREDENTIALS_HEADER = /\.access-control-allow-credentials$/i;

export const corsRule = rule('access', (change, plan) => {
  if (!isWritten(change)) return [];
  // The origins of a new API are in its attributes. A new response or CORS configuration can belong to an existing API.
  const isNew = change.action === 'create' && plan.index.parent(change) === 'new';
  return [...changedSettings(change), ...openApiSettings(change.before, change.after)].flatMap((setting) => [
    ...credentialTexts(setting, change),
    ...(isNew ? [] : originTexts(setting)),
  ]);
});

/** Pairs the CORS settings in OpenAPI documents. API Gateway's extension contains them. */
function openApiSettings(before: Value, after: Value): readonly Setting[] {
  const extension = 'x-amazon-apigateway-cors';
  const [oldSettings, newSettings] = [before, after].map((side) =>
    attribute(parseJsonText(attribute(side, 'body')), extension),
  );
  return settingsBetween(oldSettings, newSettings, ['body', extension]);
}

function credentialTexts(setting: Setting, change: Change): ReturnType<Check> {
  const isCredentials = CREDENTIALS.test(setting.name) || CREDENTIALS_HEADER.test(setting.name);
  if (!isCredentials || !isTrue(setting.after) || isTrue(setting.before)) return [];
  const origins = [...settingsIn(change.after), ...openApiSettings(null, change.after)]
    .filter(isOrigins)
    .flatMap(({ path, after }) => membersAt(after, path));
  const from = origins.length === 0 ? [] : text` of ${values(origins)}`;
  return [text`lets web pages${from} send the user's credentials: ${name(setting.name)}`];
}

function originTexts(setting: Setting): ReturnType<Check> {
  if (!isOrigins(setting)) return [];
  const known = membersOf(setting.before);
  if (known.includes('*') || known.includes("'*'")) return [];
  const added = membersAt(setting.after, setting.path).filter(
    ({ member }) => member !== UNKNOWN && !known.includes(member),
  );
  return added.length === 0 ? [] : [text`lets in web pages of more origins: ${values(added)}`];
}

function isOrigins({ name: last, path }: Setting): boolean {
  return (
    ORIGINS.test(last) ||
    ORIGIN_HEADER.test(last) ||
    (last === 'items' && path.some((step) => ORIGINS.test(String(step))))
  );
}

/** A mapping expression has its text in quotes: `'true'`. */
function isTrue(setting: Value | undefined): boolean {
  return setting === true || (typeof setting === 'string' && /^'?true'?$/i.test(setting));
}
