/** Serves one provider to Terraform by gRPC, without TLS, on a port of 127.0.0.1. */
import type { handleUnaryCall, Server } from '@grpc/grpc-js';
import { DEFAULT_SETTINGS, type Settings } from '../provider/settings';
import { StandInError } from '../provider/stand-in-error';
import { Walk } from '../provider/walk';
import type { Handler, Handlers, Request } from './handlers';
import { compileMessages, METHOD_NAMES, type MethodName, type MethodTypes } from './messages';

/** Schemas and states may be large. */
const OPTIONS = { 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 };
const ERROR_SEVERITY = 1;
/** One run of Terraform makes about four connections for each provider block. */
const MAX_WALKS = 200;

let messages: Promise<ReadonlyMap<MethodName, MethodTypes>> | undefined;

export class ProviderServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly walks: Map<string, Walk>,
  ) {}

  static async start(handlers: Handlers): Promise<ProviderServer> {
    // Only folders with Terraform files need these packages.
    const [grpc, types] = await Promise.all([import('@grpc/grpc-js'), (messages ??= compileMessages())]);
    const server = new grpc.Server(OPTIONS);
    const walks = new Map<string, Walk>();
    server.addService(
      Object.fromEntries([...types].map(([name, each]) => [name, methodDefinition(name, each)])),
      Object.fromEntries(METHOD_NAMES.map((name) => [name, unaryCall(name, handlers[name], walks)])),
    );
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    return new ProviderServer(server, port, walks);
  }

  /** Forgets the connections of the run before. */
  beginRun(): void {
    this.walks.clear();
  }

  /** The settings of the provider block with most resources. */
  get settings(): Settings {
    const [first] = [...this.walks.values()].sort((a, b) => b.resources - a.resources);
    return first?.settings ?? DEFAULT_SETTINGS;
  }

  stop(): void {
    this.server.forceShutdown();
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

function unaryCall(name: MethodName, handler: Handler, walks: Map<string, Walk>): handleUnaryCall<Request, object> {
  return (call, callback) => {
    void respond();

    async function respond(): Promise<void> {
      try {
        callback(null, await handler(call.request, walkOf(call.getPeer(), walks)));
      } catch (error) {
        callback(null, { diagnostics: [diagnostic(name, error)] });
      }
    }
  };
}

/** Each connection has a port of its own. */
function walkOf(peer: string, walks: Map<string, Walk>): Walk {
  let walk = walks.get(peer);
  if (walk === undefined) {
    walk = new Walk();
    walks.set(peer, walk);
    const [oldest] = walks.keys();
    if (walks.size > MAX_WALKS && oldest !== undefined) walks.delete(oldest);
  }
  return walk;
}

function diagnostic(name: MethodName, error: unknown): object {
  if (error instanceof StandInError) return { severity: ERROR_SEVERITY, summary: error.summary, detail: error.detail };
  const { message, stack } = error as Error;
  return { severity: ERROR_SEVERITY, summary: `The stand-in provider failed in ${name}: ${message}`, detail: stack };
}
