/** The Lambda function of the API `manager`. Its event is a REST API request or, in a direct invocation, the body itself. */
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { crudService } from '../crud/service';
import { documentClient } from '../dynamodb/client';
import { grantedTables } from '../dynamodb/granted-tables';
import { parseBody } from '../http/json-body';
import { logger } from '../http/logger';
import { Problem } from '../http/problem';
import { restApiHandler } from '../http/rest-api';
import { manager } from './contract';
import { invokeDirectly } from './direct';
import { Manager } from './service';

const operations = new Manager({
  client: documentClient(),
  clientWithoutRetries: documentClient(1),
  tables: grantedTables(),
});

const handleRestApi = restApiHandler(
  crudService(
    manager,
    {},
    {
      manage: async ({ body }) => {
        const parsed = parseBody(body === '' ? undefined : body, 'the fields operation, tableName and payload');
        if ('fault' in parsed) throw Problem.badInput([{ path: 'body', message: parsed.fault }]);
        return { status: 200, body: await operations.run(parsed.value) };
      },
    },
    // Lambda's own maximum of 6 MB, as before the setting maxBodyBytes existed.
    { maxBodyBytes: Infinity },
  ),
);

export const handler = (event: unknown, context: Context): Promise<unknown> => {
  if (isProxyEvent(event)) return handleRestApi(event, context);
  logger.addContext(context);
  return invokeDirectly(operations, event, context.awsRequestId);
};

/** Whether the event is from API Gateway. Events of direct invocations have no request context. */
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
