/** Serves one provider to Terraform by gRPC, without TLS, on a socket that only this user can open. */
import { createServer, type Server, type Socket } from 'node:net';
import type { handleUnaryCall } from '@grpc/grpc-js';
import { DEFAULT_SETTINGS, type Settings } from '../provider/settings';
import { StandInError } from '../provider/stand-in-error';
import { Connection } from '../provider/connection';
import type { Handler, Handlers, Request } from './handlers';
import { compileMessages, ERROR_SEVERITY, METHOD_NAMES, type MethodName, type MethodTypes } from './messages';

/** Schemas and states may be large. */
const OPTIONS = {
  ...{ 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 },
  'grpc.enable_channelz': 0,
};

let messages: Promise<ReadonlyMap<MethodName, MethodTypes>> | undefined;

/** The address of a server in `TF_REATTACH_PROVIDERS`. */
export interface ServerAddress {
  readonly Network: 'tcp' | 'unix';
  /** The path of a socket, or host and port. */
  readonly String: string;
}

export class ProviderServer {
  private readonly sockets = new Set<Socket>();
  /** The connections of this run. */
  private readonly connections = new Set<Connection>();

  private constructor(private readonly server: Server) {}

  /** @param socketPath where the server listens. Its folder must be closed to other users */
  static async start(handlers: Handlers, socketPath: string): Promise<ProviderServer> {
    // Only folders with Terraform files need these packages.
    const [grpc, types] = await Promise.all([import('@grpc/grpc-js'), (messages ??= compileMessages())]);
    const methods = Object.fromEntries([...types].map(([name, each]) => [name, methodDefinition(name, each)]));
    const server = createServer();
    const result = new ProviderServer(server);
    server.on('connection', (socket) => {
      const connection = result.addConnection(socket);
      // With a gRPC server for each connection, the methods know the connection of a call.
      const grpcServer = new grpc.Server(OPTIONS);
      const calls = METHOD_NAMES.map((name) => [name, unaryCall(name, handlers[name], connection)] as const);
      grpcServer.addService(methods, Object.fromEntries(calls));
      grpcServer.createConnectionInjector(grpc.ServerCredentials.createInsecure()).injectConnection(socket);
      socket.once('close', () => grpcServer.forceShutdown());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // Node.js has no sockets with a path on Windows.
      if (process.platform === 'win32') server.listen(0, '127.0.0.1', resolve);
      else server.listen(socketPath, resolve);
    });
    return result;
  }

  get address(): ServerAddress {
    const address = this.server.address();
    return typeof address === 'object'
      ? { Network: 'tcp', String: `127.0.0.1:${String(address?.port)}` }
      : { Network: 'unix', String: address };
  }

  /** Forgets the connections of the run before. */
  beginRun(): void {
    this.connections.clear();
  }

  /** The settings of the provider block with most resources. Without resources, of the block with most data sources. */
  get settings(): Settings {
    const [first] = [...this.connections].sort((a, b) => b.resources - a.resources || b.dataSources - a.dataSources);
    return first?.settings ?? DEFAULT_SETTINGS;
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private addConnection(socket: Socket): Connection {
    const connection = new Connection();
    this.connections.add(connection);
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return connection;
  }
}

function methodDefinition(name: MethodName, { request, response }: MethodTypes) {
  return {
    path: `/tfplugin5.Provider/${name}`,
    requestStream: false,
    responseStream: false,
    requestDeserialize: (bytes: Buffer) => request.decode(bytes),
    requestSerialize: (message: object) => Buffer.from(request.encode(message).finish()),
    responseDeserialize: (bytes: Buffer) => response.decode(bytes),
    responseSerialize: (message: object) => Buffer.from(response.encode(message).finish()),
  };
}

function unaryCall(name: MethodName, handler: Handler, connection: Connection): handleUnaryCall<Request, object> {
  return (call, callback) => {
    void respond();

    async function respond(): Promise<void> {
      try {
        callback(null, await handler(call.request, connection));
      } catch (error) {
        callback(null, { diagnostics: [diagnostic(name, error)] });
      }
    }
  };
}

function diagnostic(name: MethodName, error: unknown): object {
  if (error instanceof StandInError) return { severity: ERROR_SEVERITY, summary: error.summary, detail: error.detail };
  const { message, stack } = error as Error;
  return { severity: ERROR_SEVERITY, summary: `The stand-in provider failed in ${name}: ${message}`, detail: stack };
}
