/** Warns of operations in an API's OpenAPI document that authorize fewer callers. */
import { attribute, isList, isObject, isSame, parseJsonText, toRecord, UNKNOWN, type Value } from '../model/value';
import { isRewritten, plainText } from './settings';
import { type Check, join, name, type Part, rule, text, value } from './warning';

const APIS = /^aws_(api_gateway_rest_api|apigatewayv2_api)$/;
const METHODS = /^(get|put|post|delete|options|head|patch|trace|x-amazon-apigateway-any-method)$/i;

/** The printer hides the parts of a sensitive document. */
const BODY = ['body'];

/** A way to call an operation: the security schemes and scopes that one request needs. */
type Requirement = ReadonlySet<string>;

export const openApiSecurityRule = rule('access', (change): ReturnType<Check> => {
  const { type, before, after } = change;
  if (!APIS.test(type) || !isRewritten(change)) return [];
  const [oldBody, newBody] = [attribute(before, 'body'), attribute(after, 'body')];
  if (isSame(oldBody, newBody) || newBody === UNKNOWN) return [];
  const [oldDocument, newDocument] = [parseJsonText(oldBody), parseJsonText(newBody)];
  const oldOperations = operationsOf(oldDocument);
  // HTTP APIs have no mock integrations.
  const preflights = type === 'aws_api_gateway_rest_api' ? preflightsOf(newDocument) : new Set();
  // The linked parts may be the difference between the documents.
  const linked = linkedPaths(newDocument).map((path) => value(path, BODY));
  return [
    ...(linked.length === 0
      ? []
      : [text`takes the operations of ${join(linked)} from another place: review what ${name('$ref')} names`]),
    ...changedSchemes(oldDocument, newDocument),
    ...[...operationsOf(newDocument)]
      .filter(([operation]) => oldOperations.has(operation) || !preflights.has(operation))
      .flatMap(([operation, requirements]) => operationTexts(operation, oldOperations.get(operation), requirements)),
  ];
});

/** Lists the paths whose operations are at another place of the document, or in another document. */
function linkedPaths(document: Value | undefined): readonly string[] {
  const items = entriesOf(attribute(document, 'paths'));
  return items.flatMap(([path, item]) => (attribute(item, '$ref') === undefined ? [] : [path]));
}

/** Warns of security schemes that change, for example to another authorizer. */
function changedSchemes(before: Value | undefined, after: Value | undefined): readonly (readonly Part[])[] {
  const oldSchemes = schemesOf(before);
  return [...schemesOf(after)]
    .filter(([scheme, definition]) => oldSchemes.has(scheme) && !isSame(oldSchemes.get(scheme), definition))
    .map(([scheme]) => text`changes the security scheme ${value(scheme, BODY)}: review which callers it authorizes`);
}

/** Returns the security schemes by name, without their descriptions. OpenAPI 2 and 3 have different places for them. */
function schemesOf(document: Value | undefined): ReadonlyMap<string, Value> {
  const schemes = [
    ...entriesOf(attribute(document, 'securityDefinitions')),
    ...entriesOf(attribute(attribute(document, 'components'), 'securitySchemes')),
  ];
  return new Map(schemes.map(([scheme, definition]) => [scheme, { ...toRecord(definition), description: null }]));
}

function operationTexts(
  operation: string,
  before: readonly Requirement[] | undefined,
  after: readonly Requirement[],
): readonly (readonly Part[])[] {
  const isOpen = after.some((requirement) => requirement.size === 0);
  if (before === undefined)
    return isOpen ? [text`has a new operation that is open to anyone: ${value(operation, BODY)}`] : [];
  if (before.some((requirement) => requirement.size === 0)) return [];
  if (isOpen) return [text`no longer authorizes callers of ${value(operation, BODY)}`];
  const isWider = after.some((wide) => !before.some((narrow) => [...narrow].every((part) => wide.has(part))));
  return isWider
    ? [
        text`authorizes callers of ${value(operation, BODY)} in another way: review the ${name('security')} of this operation`,
      ]
    : [];
}

/** Reads the requirements of each operation. An operation without requirements has one empty requirement. */
function operationsOf(document: Value | undefined): Map<string, readonly Requirement[]> {
  const operations = new Map<string, readonly Requirement[]>();
  for (const [path, item] of entriesOf(attribute(document, 'paths'))) {
    for (const [method, operation] of entriesOf(item)) {
      if (!METHODS.test(method)) continue;
      const security = attribute(operation, 'security') ?? attribute(document, 'security');
      const requirements = requirementsOf(security).map(
        (requirement) => new Set([...requirement, ...iamOf(operation)]),
      );
      operations.set(`${method.toUpperCase()} ${path}`, requirements);
    }
  }
  return operations;
}

/**
 * Lists the operations that only answer preflight requests: `OPTIONS` with a mock integration. They must be open. Another integration
 * later causes a warning of its own, because it has a `uri`.
 */
function preflightsOf(document: Value | undefined): ReadonlySet<string> {
  const items = entriesOf(attribute(document, 'paths'));
  const found = items.filter(([, item]) => {
    const operations = entriesOf(item).filter(([method]) => method.toUpperCase() === 'OPTIONS');
    return operations.length > 0 && operations.every(([, operation]) => isMock(attribute(operation, INTEGRATION)));
  });
  return new Set(found.map(([path]) => `OPTIONS ${path}`));
}

/** API Gateway's own extension, which says what answers an operation. */
const INTEGRATION = 'x-amazon-apigateway-integration';

function isMock(integration: Value | undefined): boolean {
  const type = attribute(integration, 'type');
  return typeof type === 'string' && type.toUpperCase() === 'MOCK';
}

/** API Gateway's own extension, with which an operation requires requests that are signed with AWS credentials. */
const IAM = 'x-amazon-apigateway-auth';

function iamOf(operation: Value): readonly string[] {
  const type = attribute(attribute(operation, IAM), 'type');
  return typeof type === 'string' && type.toUpperCase() !== 'NONE' ? [`${IAM} ${type}`] : [];
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
