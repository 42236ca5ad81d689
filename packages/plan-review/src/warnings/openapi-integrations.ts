/** Warns of an OpenAPI document whose operations send requests to another place, or with another role. */
import { attribute, isEmpty, isObject, parseJsonText, UNKNOWN, type Value } from '../model/value';
import { isRewritten } from './settings';
import { type Check, type Part, rule, text, value } from './warning';

const APIS = /^aws_(api_gateway_rest_api|apigatewayv2_api)$/;
/** The printer hides the parts of a sensitive document. */
const BODY = ['body'];
/** API Gateway's own extension, which says where an operation sends its requests. */
const INTEGRATION = 'x-amazon-apigateway-integration';
/** The settings of an integration that decide about the place and the role. */
const SETTINGS: readonly (readonly [setting: string, start: string])[] = [
  ['uri', 'sends requests to another place'],
  ['credentials', 'uses another role'],
];

export const openApiIntegrationsRule = rule('access', (change): ReturnType<Check> => {
  const { type, before, after } = change;
  const [oldBody, newBody] = [attribute(before, 'body'), attribute(after, 'body')];
  if (!APIS.test(type) || !isRewritten(change) || newBody === UNKNOWN || isEmpty(oldBody)) return [];
  if (isEmpty(newBody)) {
    return [text`loses its OpenAPI document: review which callers its routes authorize from now on`];
  }
  const known = integrationsOf(parseJsonText(oldBody));
  return [...integrationsOf(parseJsonText(newBody))].flatMap(([place, integration]) =>
    changedTexts(place, known.get(place), integration),
  );
});

function changedTexts(place: string, before: Value | undefined, after: Value): readonly (readonly Part[])[] {
  if (before === undefined) return [];
  return SETTINGS.flatMap(([setting, start]) => {
    const [oldValue, newValue] = [before, after].map((side) => attribute(side, setting));
    if (isEmpty(newValue) || withoutVersion(oldValue) === withoutVersion(newValue)) return [];
    return [text`${start} in ${value(place, BODY)}: ${value(newValue, BODY)} instead of ${value(oldValue, BODY)}`];
  });
}

/** Another version of the same function is an ordinary change. */
function withoutVersion(place: Value | undefined): Value | undefined {
  return typeof place === 'string' ? place.replace(/(:function:[\w-]+):[\w$-]+/, '$1') : place;
}

/** Finds all integrations of a document by their place: in operations, and below `components`. */
function integrationsOf(document: Value | undefined, place = ''): Map<string, Value> {
  if (!isObject(document)) return new Map();
  const found = Object.entries(document).flatMap(([key, part]): (readonly [string, Value])[] => {
    if (key === INTEGRATION) return [[place, part]];
    const isShared = key === `${INTEGRATION}s` && isObject(part);
    if (isShared) return Object.entries(part).map(([shared, integration]) => [shared, integration] as const);
    return [...integrationsOf(part, place === '' ? key : `${place} ${key}`)];
  });
  return new Map(found);
}
