/** Starts dynalite with a table, and a proxy in front of it, which fails calls as DynamoDB does. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';

export interface LocalDynamodb {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts dynalite in memory, with one table. The key is the string `id`. */
export async function startTable(name: string): Promise<LocalDynamodb> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  await client.send(
    new CreateTableCommand({
      TableName: name,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 10 }, { TableName: name });
  client.destroy();
  return {
    endpoint,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * How the proxy fails a call: with an error answer, with a connection reset, without an answer, or with a connection reset
 * after DynamoDB has executed the call.
 */
export type Fault =
  { readonly status: number; readonly type: string; readonly message?: string } | 'reset' | 'hang' | 'lose the answer';

export interface FaultyDynamodb {
  readonly endpoint: string;
  /**
   * Fails the next calls with this fault.
   * @param times number of calls to fail @default all
   * @param action fails only calls of this action, `UpdateItem` for example @default any
   */
  fail(fault: Fault, times?: number, action?: string): void;
  /** Forwards all calls from now on. */
  heal(): void;
  /** Calls seen since the last `fail` or `heal`. */
  calls(): number;
  stop(): Promise<void>;
}

export async function startFaultyDynamodb(target: string): Promise<FaultyDynamodb> {
  let fault: Fault | undefined;
  let remaining = 0;
  let failingAction = '';
  let calls = 0;
  const sockets = new Set<Socket>();
  const server = http.createServer((request, response) => {
    const action = String(request.headers['x-amz-target'] ?? '');
    // Calls that create tables never fail, and are not counted.
    const setUp = /DescribeTable|CreateTable/.test(action);
    if (!setUp) calls += 1;
    const fails = fault !== undefined && remaining > 0 && !setUp && action.endsWith(failingAction);
    if (fails) remaining -= 1;
    const losesAnswer = fails && fault === 'lose the answer';
    if (fails && fault !== undefined && fault !== 'lose the answer') {
      if (fault === 'hang') return;
      if (fault === 'reset') return void request.socket.destroy();
      response.writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(
        JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${fault.type}`, message: fault.message }),
      );
      return;
    }
    const { hostname, port } = new URL(target);
    const forwarded = http.request({ hostname, port, method: 'POST', headers: request.headers }, (answer) => {
      if (losesAnswer) {
        answer.resume().on('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(forwarded);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (next, times = Number.POSITIVE_INFINITY, action = '') => {
      fault = next;
      failingAction = action;
      remaining = times;
      calls = 0;
    },
    heal: () => {
      fault = undefined;
      calls = 0;
    },
    calls: () => calls,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
