/** Warns of an OpenAPI document whose operations send requests to another place, or with another role. */
import { attribute, isEmpty, isObject, isSame, parseJsonText, UNKNOWN, type Value } from '../model/value';
import { isRewritten } from './settings';
import { type Check, rule, text, value } from './warning';

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

function changedTexts(place: string, before: Value | undefined, after: Value): ReturnType<Check> {
  if (before === undefined || isSame(before, after)) return [];
  if (after === UNKNOWN)
    return [
      text`has an integration in ${value(place, BODY)} with a \`$ref\` that names nothing: review where it sends requests`,
    ];
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

/** Finds the integration of each operation, by the place of the operation. */
function integrationsOf(document: Value | undefined, part = document, place = ''): Map<string, Value> {
  if (!isObject(part)) return new Map();
  const found = Object.entries(part).flatMap(([key, member]): (readonly [string, Value])[] =>
    key === INTEGRATION
      ? [[place, resolved(member, document)]]
      : [...integrationsOf(document, member, place === '' ? key : `${place} ${key}`)],
  );
  return new Map(found);
}

/** A longer chain of references is a circle. */
const MAX_REFERENCES = 10;

/**
 * Follows references to shared integrations, such as `#/components/x-amazon-apigateway-integrations/a`.
 * @returns the integration, or UNKNOWN if a reference names nothing in the document
 */
function resolved(integration: Value, document: Value | undefined, depth = 0): Value {
  const reference = attribute(integration, '$ref');
  if (typeof reference !== 'string') return integration;
  if (!reference.startsWith('#/') || depth === MAX_REFERENCES) return UNKNOWN;
  const target = reference
    .slice(2)
    .split('/')
    .reduce<Value | undefined>(
      (part, step) => attribute(part, step.replaceAll('~1', '/').replaceAll('~0', '~')),
      document,
    );
  return target === undefined ? UNKNOWN : resolved(target, document, depth + 1);
}
