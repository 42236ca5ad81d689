/** Runs the program of a real provider, and calls it by the plugin protocol. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Client } from '@grpc/grpc-js';
import { compileMessages, type MethodName, type MethodTypes } from '../protocol/messages';
import { fromMessages, type SchemaResponse } from '../protocol/schema-message';
import type { ProviderSchemas } from './schema';

/** Without this variable, the program of a provider prints a hint and ends (Terraform's plugin handshake). */
const HANDSHAKE = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5',
};

export class PluginProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: Client,
    private readonly messages: ReadonlyMap<MethodName, MethodTypes>,
  ) {}

  /**
   * @param environment variables besides those of this process
   * @throws Error when the program does not start, or speaks another version of the protocol
   */
  static async start(program: string, environment: NodeJS.ProcessEnv = {}): Promise<PluginProcess> {
    const env = { ...process.env, ...environment, ...HANDSHAKE };
    const child = spawn(program, [], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    // The program announces itself with one line: 1|5|unix|/tmp/plugin123|grpc|
    const line = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) =>
        reject(new Error(`${program} ended with ${String(code)} before it announced an address.`)),
      );
      createInterface({ input: child.stdout }).once('line', resolve);
    });
    const [, version, network, address = ''] = line.split('|');
    if (version !== '5') {
      child.kill();
      throw new Error(`${program} speaks version ${String(version)} of the plugin protocol, not version 5.`);
    }
    const target = network === 'unix' ? `unix:${address}` : address;
    const options = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
    const { Client, credentials } = await import('@grpc/grpc-js');
    const client = new Client(target, credentials.createInsecure(), options);
    return new PluginProcess(child, client, await compileMessages());
  }

  async schemas(): Promise<ProviderSchemas> {
    return fromMessages((await this.call('GetSchema', {})) as SchemaResponse);
  }

  call(name: MethodName, request: object): Promise<object> {
    const types = this.messages.get(name);
    if (types === undefined) throw new Error(`The plugin protocol has no method ${name}.`);
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(
        `/tfplugin5.Provider/${name}`,
        (message: object) => Buffer.from(types.request.encode(message).finish()),
        (bytes) => types.response.decode(bytes) as object,
        request,
        (error, response) => {
          if (error === null && response !== undefined) resolve(response);
          else reject(error ?? new Error(`${name} returned no response.`));
        },
      );
    });
  }

  stop(): void {
    this.client.close();
    this.child.kill();
  }
}
