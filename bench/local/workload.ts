/** What all targets are given: the function as synth made it, and a dynalite that has the item. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { apiAddresses, deploymentOf } from 'local-run/source/deployment';
import { PLACEHOLDER_SIGNATURE } from 'local-run/services/dynamodb/placeholder-signature';
import { unpack } from 'local-run/services/lambda/archive';
import { synth } from 'local-run/source/cdktf';
import { ID, ITEM, startDynamodb, THROTTLES, type Workload } from './targets';

/** Synthesizes, unpacks the function, with either SDK, starts the shared dynalite and puts the item there. */
export async function prepare(folder: string): Promise<{ workload: Workload; stop: () => Promise<void> }> {
  const { lambda, table, taskRoot } = await deployed(path.join(folder, 'fast'), 'fast');
  const stock = await deployed(path.join(folder, 'stock'), 'stock');
  const dynamodb = await startDynamodb(table);
  const dynamodbEndpoint = `http://127.0.0.1:${dynamodb.port}`;
  await putItem(dynamodbEndpoint, table.name);
  const workload = {
    folder,
    handler: path.join(taskRoot, 'index.js'),
    stockHandler: path.join(stock.taskRoot, 'index.js'),
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

/** The function and the table of items, and where the function's archive was unpacked. */
async function deployed(folder: string, sdk: 'fast' | 'stock') {
  mkdirSync(folder);
  const stacks = await synth({ out: path.join(folder, 'cdktf.out'), environment: { ...THROTTLES, SDK: sdk } });
  const stack = stacks.find(({ name }) => name === 'items');
  if (!stack) throw new Error('There is no stack items');
  const endpoints = new Map(apiAddresses(stack).map((address) => [address, 'http://127.0.0.1:1']));
  const { functions, tables } = deploymentOf(stack, endpoints);
  const [lambda] = functions;
  const [table] = tables;
  if (!lambda || !table) throw new Error('The stack items has no function or no table');
  const taskRoot = path.join(folder, 'function');
  unpack(lambda.archive, lambda.archiveHash, taskRoot);
  return { lambda, table, taskRoot };
}

async function putItem(endpoint: string, tableName: string): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.PutItem',
      ...PLACEHOLDER_SIGNATURE,
    },
    body: JSON.stringify({
      TableName: tableName,
      Item: { id: { S: ITEM.id }, price: { N: String(ITEM.price) }, name: { S: ITEM.name } },
    }),
  });
  if (response.status !== 200) throw new Error(`DynamoDB answered ${response.status}: ${await response.text()}`);
}
