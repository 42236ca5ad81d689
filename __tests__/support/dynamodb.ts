/** A real dynalite, and in front of it a proxy that fails as DynamoDB does. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createTable } from 'local-run/services/dynamodb/tables';
import { type Dynamodb, startDynamodb } from 'local-run/services/dynamodb/dynamodb';

export async function startTable(name: string, key = 'id'): Promise<Dynamodb> {
  const dynamodb = await startDynamodb(undefined, (fault) => console.error(fault));
  await createTable(dynamodb.endpoint, {
    name,
    keySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    attributes: [{ AttributeName: key, AttributeType: 'S' }],
  });
  return dynamodb;
}

/** What the proxy does with a call: an answer of its own, or none. */
export type Fault = { readonly status: number; readonly type: string; readonly message?: string } | 'reset' | 'hang';

export interface FaultyDynamodb {
  readonly endpoint: string;
  /** The next `times` calls of these actions (`PutItem`) meet this fault. */
  fail(fault: Fault, times?: number): void;
  /** All is well again. */
  heal(): void;
  /** Calls seen since the last `fail` or `heal`. */
  calls(): number;
  stop(): Promise<void>;
}

export async function startFaultyDynamodb(target: string): Promise<FaultyDynamodb> {
  let fault: Fault | undefined;
  let left = 0;
  let calls = 0;
  const sockets = new Set<Socket>();
  const server = http.createServer((request, response) => {
    const action = String(request.headers['x-amz-target'] ?? '');
    // Tables are set up unharmed.
    const setUp = /DescribeTable|CreateTable/.test(action);
    if (!setUp) calls += 1;
    if (fault !== undefined && left > 0 && !setUp) {
      left -= 1;
      if (fault === 'hang') return;
      if (fault === 'reset') return void request.socket.destroy();
      response.writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(
        JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${fault.type}`, message: fault.message }),
      );
      return;
    }
    const { hostname, port } = new URL(target);
    const onward = http.request({ hostname, port, method: 'POST', headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (next, times = Number.POSITIVE_INFINITY) => {
      fault = next;
      left = times;
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
