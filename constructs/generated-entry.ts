/** Generates the entry of a function whose API has no handlers: the contract, and only the operations that it uses. */
import type { Api, OperationName } from '../function/contract/api';
import { isOperation, routesOf } from '../function/contract/model';
import type { Schema } from '../function/contract/schema';

/**
 * Generates the entry.
 * @param api a contract without handlers
 * @returns TypeScript with imports relative to the root of the project
 * @example generatedEntry(todos)
 */
export function generatedEntry(api: Api): string {
  const operations = [...new Set(routesOf(api).flatMap(({ route }) => (isOperation(route) ? [route.operation] : [])))];
  const [handler, adapter] =
    api.gateway === 'http-api' ? ['httpApiHandler', 'http/http-api'] : ['restApiHandler', 'http/rest-api'];
  const imported = (module: string) => JSON.stringify(`./function/${module}`);
  return [
    `import { operationService } from ${imported('crud/operation-service')};`,
    ...operations.map((name) => `import { ${exportOf(name)} } from ${imported(moduleOf(api, name))};`),
    `import { ${handler} } from ${imported(adapter)};`,
    `const contract = ${JSON.stringify(withoutDocumentation(api))};`,
    `export const handler = ${handler}(operationService(contract, { ${operations.map(property).join(', ')} }));`,
    '',
  ].join('\n');
}

function moduleOf({ answers }: Api, operation: OperationName): string {
  return answers ? `crud/tutorial/${operation}` : `crud/operations/${operation}`;
}

/** `delete` is a reserved word, so its module exports `remove`. */
function exportOf(operation: OperationName): string {
  return operation === 'delete' ? 'remove' : operation;
}

function property(operation: OperationName): string {
  return operation === 'delete' ? 'delete: remove' : operation;
}

/** Schema keywords that the function does not read. Without them the bundle is smaller, and cold starts are shorter. */
const DOCUMENTATION = new Set(['description', 'examples', 'deprecated', 'anyLength']);

/** Leaves out what only the stack and the OpenAPI document read. */
function withoutDocumentation({ item, routes, ...api }: Api): object {
  const unread = { public: undefined, summary: undefined, throttle: undefined };
  const plainRoutes = Object.entries(routes).map(([routeKey, route]) => [routeKey, { ...route, ...unread }]);
  return {
    ...api,
    cors: undefined,
    public: undefined,
    item: plainSchema(item),
    routes: Object.fromEntries(plainRoutes) as object,
  };
}

function plainSchema(schema: Schema): object {
  const keywords = Object.entries(schema).filter(([keyword]) => !DOCUMENTATION.has(keyword));
  return {
    ...Object.fromEntries(keywords),
    ...('items' in schema && { items: plainSchema(schema.items) }),
    ...('properties' in schema && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, property]) => [name, plainSchema(property)]),
      ),
    }),
  };
}
