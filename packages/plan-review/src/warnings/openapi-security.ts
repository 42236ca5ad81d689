/** Warns of operations in an API's OpenAPI document that authorize fewer callers. */
import { attribute, isEmpty, isList, isObject, isSame, parseJsonText, UNKNOWN, type Value } from '../model/value';
import { isRewritten, plainText } from './settings';
import { type Check, name, type Part, rule, text } from './warning';

const APIS = /^aws_(api_gateway_rest_api|apigatewayv2_api)$/;
const METHODS = /^(get|put|post|delete|options|head|patch|trace|x-amazon-apigateway-any-method)$/i;

/** A way to call an operation: the security schemes and scopes that one request needs. */
type Requirement = ReadonlySet<string>;

export const openApiSecurityRule = rule('access', (change): ReturnType<Check> => {
  const { type, before, after } = change;
  if (!APIS.test(type) || !isRewritten(change)) return [];
  const [oldBody, newBody] = [attribute(before, 'body'), attribute(after, 'body')];
  if (isSame(oldBody, newBody) || newBody === UNKNOWN) return [];
  const [oldOperations, newOperations] = [operationsOf(oldBody), operationsOf(newBody)];
  return [...newOperations].flatMap(([operation, requirements]) =>
    operationTexts(operation, oldOperations.get(operation), requirements),
  );
});

/** Warns of an OpenAPI document that is not JSON. API Gateway also accepts YAML, but no rule reads it. */
export const openApiFormatRule = rule('hidden', (change): ReturnType<Check> => {
  const { type, before, after } = change;
  if (!APIS.test(type) || !isRewritten(change)) return [];
  const body = attribute(after, 'body');
  const isReadable = isEmpty(body) || typeof body !== 'string' || parseJsonText(body) !== undefined;
  return isReadable || isSame(attribute(before, 'body'), body)
    ? []
    : [
        text`has an OpenAPI document in ${name('body')} that is not JSON: plan-review cannot check which callers it authorizes`,
      ];
});

function operationTexts(
  operation: string,
  before: readonly Requirement[] | undefined,
  after: readonly Requirement[],
): readonly (readonly Part[])[] {
  const isOpen = after.some((requirement) => requirement.size === 0);
  if (before === undefined) return isOpen ? [text`has a new operation that is open to anyone: ${name(operation)}`] : [];
  if (before.some((requirement) => requirement.size === 0)) return [];
  if (isOpen) return [text`no longer authorizes callers of ${name(operation)}`];
  const isWider = after.some((wide) => !before.some((narrow) => [...narrow].every((part) => wide.has(part))));
  return isWider
    ? [text`authorizes callers of ${name(operation)} in another way: review the ${name('security')} of this operation`]
    : [];
}

/** Reads the requirements of each operation. An operation without requirements has one empty requirement. */
function operationsOf(body: Value | undefined): Map<string, readonly Requirement[]> {
  const document = parseJsonText(body);
  const operations = new Map<string, readonly Requirement[]>();
  for (const [path, item] of entriesOf(attribute(document, 'paths'))) {
    for (const [method, operation] of entriesOf(item)) {
      if (!METHODS.test(method)) continue;
      const security = attribute(operation, 'security') ?? attribute(document, 'security');
      operations.set(`${method.toUpperCase()} ${path}`, requirementsOf(security));
    }
  }
  return operations;
}

function requirementsOf(security: Value | undefined): readonly Requirement[] {
  if (!isList(security) || security.length === 0) return [new Set()];
  return security.map(
    (requirement) =>
      new Set(
        entriesOf(requirement).flatMap(([scheme, scopes]) => [
          scheme,
          ...(isList(scopes) ? scopes : []).map((scope) => `${scheme} ${plainText(scope)}`),
        ]),
      ),
  );
}

function entriesOf(value: Value | undefined): [string, Value][] {
  return isObject(value) ? Object.entries(value) : [];
}
