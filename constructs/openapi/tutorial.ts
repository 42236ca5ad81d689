/** Makes the OpenAPI operations of contracts with `answers`: their bodies are the same as in an AWS tutorial. */
import type { Api, OperationRoute } from '../../function/contract/api';
import { type ContractRoute } from '../../function/contract/model';
import type { Components } from './components';
import { content, type Json, ref } from './json';
import { schemaName, withArticle, wordsOf } from './names';
import type { OperationParts } from './operations';
import { query } from './parameters';
import { bodyExample, newItemSchema, sentSchema } from './schemas';

/** Maximum of `limit`: see function/crud/tutorial/query.ts. */
const MAX_LIMIT = 1000;

export function tutorialParts(
  api: Api,
  { path, route }: ContractRoute<OperationRoute>,
  components: Components,
): OperationParts {
  const { one, many } = wordsOf(api.name);
  const name = schemaName(api.name);
  const text = (words = '') => content({ type: 'string', examples: [`${words} 1`] });
  switch (route.operation) {
    case 'put': {
      const schema = newItemSchema(api, path);
      const body = components.add(`New${name}`, { ...sentSchema(schema), examples: [bodyExample(api, path)] });
      return {
        summary: `Creates or replaces ${withArticle(one)}`,
        requestBody: { required: true, content: content(body) },
        responses: { 200: { description: `The ${one} was stored.`, content: text(api.answers?.put) } },
        errors: [400],
      };
    }
    case 'read': {
      const schema = objectOf({ Item: ref('schemas', name) }, ['Item']);
      return {
        summary: `Reads ${withArticle(one)}`,
        responses: { 200: { description: `The ${one}.`, content: content(schema) } },
        errors: [400, 404],
      };
    }
    case 'list':
      return {
        summary: `Lists ${many}`,
        parameters: [
          query(
            'limit',
            { type: 'integer', minimum: 1, maximum: MAX_LIMIT },
            {
              description: 'Maximum number of items on a page.',
            },
          ),
          query('nextToken', { type: 'string' }, { description: 'The `NextToken` of the page before, unchanged.' }),
        ],
        responses: {
          200: { description: `A page of ${many}.`, content: content(components.add(`${name}Page`, pageSchema(name))) },
        },
        errors: [400],
      };
    case 'delete':
      return {
        summary: `Deletes ${withArticle(one)}`,
        responses: { 200: { description: `There is no such ${one} any more.`, content: text(api.answers?.delete) } },
        errors: [400],
      };
    default:
      throw new Error(`Contracts with \`answers\` have no operation ${route.operation}.`);
  }
}

function pageSchema(name: string): Json {
  const count = { type: 'integer', minimum: 0 };
  const properties = {
    Items: { type: 'array', items: ref('schemas', name) },
    Count: count,
    ScannedCount: count,
    NextToken: { type: 'string', description: 'Present when there are more items: send it as `nextToken`.' },
  };
  return objectOf(properties, ['Items', 'Count', 'ScannedCount']);
}

function objectOf(properties: Json, required: readonly string[]): Json {
  return { type: 'object', properties, required };
}
