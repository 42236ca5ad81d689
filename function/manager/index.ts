/** The Lambda function of system `manager`: behind its REST API, or invoked directly with the same object as its event. */
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { documentClient } from '../dynamodb/document-client';
import { grantedTables } from '../http/environment';
import { parseBody } from '../http/json-body';
import { logger } from '../http/log';
import { Problem } from '../http/problem';
import { restApiHandler } from '../http/rest-api';
import { invokeDirectly } from './direct';
import { Manager } from './service';

const manager = new Manager(documentClient(), documentClient(1), grantedTables());

const behindRestApi = restApiHandler(({ body, query }) => {
  const [parameter] = Object.keys(query);
  if (parameter !== undefined) {
    throw Problem.badInput([{ path: parameter.slice(0, 80), message: 'is not known; this route takes no query' }]);
  }
  const parsed = parseBody(body, 'the fields operation, tableName and payload');
  if ('fault' in parsed) throw Problem.badInput([{ path: 'body', message: parsed.fault }]);
  return manager.run(parsed.value);
});

export const handler = (event: unknown, context: Context): Promise<unknown> => {
  if (isProxyEvent(event)) return behindRestApi(event, context);
  logger.addContext(context);
  return invokeDirectly(manager, event, context.awsRequestId);
};

/** Nothing that a caller of the operations sends has a request context. */
function isProxyEvent(event: unknown): event is APIGatewayProxyEvent {
  const { requestContext, httpMethod, resource } = (event ?? {}) as Partial<
    Record<keyof APIGatewayProxyEvent, unknown>
  >;
  return (
    typeof httpMethod === 'string' &&
    typeof resource === 'string' &&
    typeof (requestContext as { requestId?: unknown } | null | undefined)?.requestId === 'string'
  );
}
