/** Runs the function of a contract with a real DynamoDB API (dynalite), and sends it the events of its gateway. */
import './quiet-log';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import type { Api } from '../../../function/contract/api';
import { crudService } from '../../../function/crud/service';
import { httpApiHandler } from '../../../function/http/http-api';
import { restApiHandler } from '../../../function/http/rest-api';
import type { Service } from '../../../function/http/serve';
import { type FaultyDynamodb, startFaultyDynamodb } from '../dynamodb';
import { httpApiEvent, restApiEvent, type Sent } from './events';
import { CREDENTIALS, startContractTable } from './table';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The text of the body. */
  readonly text: string | undefined;
  /** The parsed body; undefined when there is none. */
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- any response body
}

export interface TestApi {
  send(routeKey: string, sent?: Sent): Promise<Reply>;
  /** Reads the attributes of an item from the table, including hidden ones. */
  stored(key: Readonly<Record<string, unknown>>): Promise<Record<string, unknown> | undefined>;
  /** Stores an item directly in the table. */
  store(item: Readonly<Record<string, unknown>>): Promise<void>;
  /** The proxy between the function and dynalite. */
  readonly dynamodb: FaultyDynamodb;
  stop(): Promise<void>;
}

const CONTEXT = { awsRequestId: 'invocation', functionName: 'test' } as Context;

/** Starts the function and a table. @param operations by the names in the contract @param handlers by their names */
export async function startApi(api: Api, operations: object, handlers: object = {}): Promise<TestApi> {
  const table = await startContractTable(api);
  const dynamodb = await startFaultyDynamodb(table.endpoint);
  Object.assign(process.env, {
    TABLE_NAMES: api.name,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
  });
  const service = serviceOf(api, operations, handlers);
  if (service instanceof Error) {
    await dynamodb.stop();
    await table.stop();
    throw service;
  }
  const onHttpApi = httpApiHandler(service);
  const onRestApi = restApiHandler(service);
  const client = new DynamoDBClient({ endpoint: table.endpoint, region: 'us-east-1', credentials: CREDENTIALS });
  const document = DynamoDBDocumentClient.from(client);
  return {
    dynamodb,
    send: async (routeKey, sent = {}) => {
      const { statusCode, headers, body } =
        api.gateway === 'http-api'
          ? await onHttpApi(httpApiEvent(routeKey, sent), CONTEXT)
          : await onRestApi(restApiEvent(routeKey, sent), CONTEXT);
      const text = body === '' ? undefined : body;
      return {
        status: statusCode ?? 0,
        headers: headers as Record<string, string>,
        text,
        json: text === undefined ? undefined : JSON.parse(text),
      };
    },
    stored: async (key) => {
      const { Item } = await document.send(new GetCommand({ TableName: api.name, Key: key, ConsistentRead: true }));
      return Item;
    },
    store: async (item) => {
      await document.send(new PutCommand({ TableName: api.name, Item: item }));
    },
    stop: async () => {
      client.destroy();
      await dynamodb.stop();
      await table.stop();
    },
  };
}

function serviceOf(api: Api, operations: object, handlers: object): Service | Error {
  try {
    return crudService(api, operations as never, ...([handlers] as unknown as []));
  } catch (error) {
    return error as Error;
  }
}
