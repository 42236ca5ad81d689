/** Reads the identity sources of Lambda authorizers. */
import type { IdentitySource } from '../../model/deployment';
import { NotSimulatedError } from '../../model/not-simulated';
import {
  HTTP_CONTEXT_VARIABLES,
  REST_CONTEXT_VARIABLES,
} from '../../services/api-gateway/lambda-authorizer/context-variables';
import type { Resource } from './resource';

const HTTP_EXPRESSION = /^\$(request\.header|request\.querystring|context|stageVariables)\.([\w.-]+)$/i;
const REST_EXPRESSION = /^(method\.request\.header|method\.request\.querystring|context|stageVariables)\.([\w.-]+)$/i;

/** @param expressions such as `$request.header.Authorization` */
export function httpIdentitySources(authorizer: Resource, expressions: readonly string[]): IdentitySource[] {
  return expressions.map((text) =>
    readSource(authorizer, 'identity_sources', text, HTTP_EXPRESSION, HTTP_CONTEXT_VARIABLES),
  );
}

/** @param expressions such as `method.request.header.Authorization`, with commas between them */
export function restIdentitySources(authorizer: Resource, expressions: string): IdentitySource[] {
  const texts = expressions.split(',').map((text) => text.trim());
  return texts
    .filter((text) => text !== '')
    .map((text) => readSource(authorizer, 'identity_source', text, REST_EXPRESSION, REST_CONTEXT_VARIABLES));
}

function readSource(
  { address }: Resource,
  attribute: string,
  text: string,
  expression: RegExp,
  contextVariables: readonly string[],
): IdentitySource {
  const [, prefix = '', name = ''] = expression.exec(text) ?? [];
  const place = PLACES[prefix.split('.').at(-1)?.toLowerCase() ?? ''];
  if (place && (place !== 'context' || contextVariables.includes(name))) return { in: place, name };
  const supported = `headers, query parameters, stage variables and the context variables ${contextVariables.join(', ')}`;
  throw new NotSimulatedError([{ address, attribute, found: JSON.stringify(text), supported }]);
}

const PLACES: Readonly<Record<string, IdentitySource['in'] | undefined>> = {
  header: 'header',
  querystring: 'query',
  context: 'context',
  stagevariables: 'stageVariables',
};
