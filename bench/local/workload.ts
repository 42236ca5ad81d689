/** Prepares the workload of all targets: the function's code and environment, and a dynalite that stores the item. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { start } from 'local-run';
import { ID, ITEM, startDynamodb, THROTTLES, type Workload } from './targets';

/** dynalite requires a signature without verifying it. */
const SIGNATURE = {
  'x-amz-date': '20000101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

/** Unpacks the function, built with the lean and with the complete SDK, and starts the dynalite. */
export async function prepare(folder: string): Promise<{ workload: Workload; stop: () => Promise<void> }> {
  const { lambda, table, handler } = await unpackFunction(path.join(folder, 'lean'), {});
  const stock = await unpackFunction(path.join(folder, 'stock'), { SDK: 'stock' });
  const dynamodb = await startDynamodb();
  const dynamodbEndpoint = `http://127.0.0.1:${dynamodb.port}`;
  await call(dynamodbEndpoint, 'CreateTable', {
    TableName: table.name,
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributes,
    BillingMode: 'PAY_PER_REQUEST',
  });
  await call(dynamodbEndpoint, 'PutItem', {
    TableName: table.name,
    Item: { id: { S: ITEM.id }, price: { N: String(ITEM.price) }, name: { S: ITEM.name } },
  });
  const workload = {
    folder,
    handler,
    stockHandler: stock.handler,
    environment: {
      ...lambda.environment,
      AWS_REGION: lambda.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_LAMBDA_LOG_FORMAT: lambda.logFormat,
      ...(lambda.logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: lambda.logLevel }),
      AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    dynamodbEndpoint,
    event: {
      version: '2.0',
      routeKey: 'GET /items/{id}',
      rawPath: `/items/${ID}`,
      rawQueryString: '',
      headers: { host: '127.0.0.1', accept: '*/*', 'user-agent': 'bench' },
      requestContext: {
        http: { method: 'GET', path: `/items/${ID}`, protocol: 'HTTP/1.1' },
        routeKey: 'GET /items/{id}',
      },
      pathParameters: { id: ID },
      isBase64Encoded: false,
    },
  };
  return { workload, stop: () => dynamodb.stop() };
}

/** Reads the deployment of the stack `items` from a local run, and unpacks its function into the folder. */
async function unpackFunction(folder: string, settings: Readonly<Record<string, string>>) {
  const running = await start({ port: 0, environment: { ...THROTTLES, ...settings } });
  try {
    const items = running.deployments.find(({ stack }) => stack === 'items');
    const [lambda] = items?.functions ?? [];
    const [table] = items?.tables ?? [];
    if (!lambda || !table) throw new Error('The stack items has no function or no table.');
    mkdirSync(folder);
    const archive = typeof lambda.archive === 'string' ? readFileSync(lambda.archive) : lambda.archive;
    for (const [name, content] of Object.entries(unzipSync(archive))) {
      writeFileSync(path.join(folder, name), content);
    }
    return { lambda, table, handler: path.join(folder, 'index.js') };
  } finally {
    await running.stop();
  }
}

async function call(endpoint: string, operation: string, input: object): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      ...SIGNATURE,
    },
    body: JSON.stringify(input),
  });
  if (response.status !== 200) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
}
