/** Plans with the real AWS provider, without an AWS account. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { awsProvider } from '../../src/stand-in/aws/aws';
import { type Handler, type Handlers, handlersOf } from '../../src/stand-in/protocol/handlers';
import { METHOD_NAMES, type MethodName } from '../../src/stand-in/protocol/messages';
import { ProviderServer } from '../../src/stand-in/protocol/server';
import { reattachEntry } from '../../src/stand-in/reattach';
import { PluginProcess } from '../../src/stand-in/schema/plugin-process';
import type { Values } from '../../src/stand-in/provider/provider';
import { TERRAFORM } from './with-terraform';

const AWS = 'registry.terraform.io/hashicorp/aws';

export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly after: Values;
  /** `true` in the places of values that the plan does not know. */
  readonly unknown: Values;
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly mode: string;
    readonly change: { readonly after: Values | null; readonly after_unknown: Values };
  }[];
}

const POLICY = `<PolicyName>AWSLambdaBasicExecutionRole</PolicyName><PolicyId>ANPAI</PolicyId><DefaultVersionId>v1</DefaultVersionId>
<Path>/service-role/</Path><Arn>arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole</Arn>`;

/** The results of calls that the provider sends while planning, by their action. */
const RESULTS: Readonly<Record<string, (account: string) => string>> = {
  GetCallerIdentity: (account) =>
    `<Arn>arn:aws:iam::${account}:root</Arn><UserId>1</UserId><Account>${account}</Account>`,
  ListPolicies: () => `<IsTruncated>false</IsTruncated><Policies><member>${POLICY}</member></Policies>`,
  GetPolicy: () => `<Policy>${POLICY}</Policy>`,
  GetPolicyVersion: () => '<PolicyVersion><Document>%7B%7D</Document><VersionId>v1</VersionId></PolicyVersion>',
};

/** One process of the provider for all plans, because the provider takes seconds to start. */
export class RealProvider {
  private constructor(
    private readonly plugin: PluginProcess,
    private readonly aws: FakeAws,
  ) {}

  /** @param program the program of the provider */
  static async start(program: string): Promise<RealProvider> {
    const aws = await FakeAws.start();
    const plugin = await PluginProcess.start(program, {
      ...{ AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', AWS_EC2_METADATA_DISABLED: 'true' },
      ...{ AWS_ENDPOINT_URL: aws.url, AWS_MAX_ATTEMPTS: '1', AWS_REGION: 'us-east-1' },
      // With a bundle, the provider cannot be configured a second time.
      AWS_CA_BUNDLE: undefined,
    });
    return new RealProvider(plugin, aws);
  }

  /**
   * Plans a configuration without a state. Terraform gets the schemas of the configuration's types only, because reading the
   * schemas of all types takes seconds.
   * @param types the types that the configuration names
   * @param account the account that the configuration names
   * @param reattach `TF_REATTACH_PROVIDERS` of the other providers
   * @returns the managed resources
   */
  async plan(
    folder: string,
    types: readonly string[],
    account: string,
    reattach: Readonly<Record<string, unknown>>,
  ): Promise<readonly PlannedResource[]> {
    this.aws.account = account;
    const server = await ProviderServer.start(await this.handlers(types), path.join(folder, 'provider.sock'));
    try {
      return await this.planWith(folder, { ...reattach, [AWS]: reattachEntry(server.address) });
    } finally {
      server.stop();
    }
  }

  /** Forwards all calls to the provider, except the call for the schemas. */
  private async handlers(types: readonly string[]): Promise<Handlers> {
    const forward = METHOD_NAMES.map((name): [MethodName, Handler] => [
      name,
      (request) => this.plugin.call(name, request),
    ]);
    const { GetSchema } = handlersOf(await awsProvider({ types }));
    return { ...(Object.fromEntries(forward) as Handlers), GetSchema };
  }

  private async planWith(
    folder: string,
    reattach: Readonly<Record<string, unknown>>,
  ): Promise<readonly PlannedResource[]> {
    const data = path.join(folder, '.real');
    const terraform = runTerraform(folder, {
      ...{ TF_REATTACH_PROVIDERS: JSON.stringify(reattach), CHECKPOINT_DISABLE: '1' },
      ...{ TF_DATA_DIR: data, TF_CLI_ARGS_init: '' },
    });
    await terraform('init', '-input=false', '-no-color');
    const state = `-state=${path.join(data, 'none.tfstate')}`;
    await terraform('plan', '-input=false', '-no-color', '-lock=false', '-refresh=false', state, '-out=.real/plan');
    const { resource_changes: changes = [] } = JSON.parse(await terraform('show', '-json', '.real/plan')) as PlanJson;
    return changes
      .filter(({ mode }) => mode === 'managed')
      .map(({ address, type, change }) => ({
        address,
        type,
        after: change.after ?? {},
        unknown: change.after_unknown,
      }));
  }

  stop(): void {
    this.plugin.stop();
    this.aws.stop();
  }
}

/** Answers the calls that the provider sends while planning. */
class FakeAws {
  account = '';

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const action = new URLSearchParams(body).get('Action') ?? '';
        const result = RESULTS[action]?.(this.account) ?? '';
        const text = `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
        response.writeHead(result === '' ? 400 : 200, { 'content-type': 'text/xml' }).end(text);
      });
    });
  }

  static async start(): Promise<FakeAws> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakeAws(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

function runTerraform(folder: string, environment: NodeJS.ProcessEnv) {
  const options = { cwd: folder, env: { ...process.env, ...environment }, maxBuffer: 2 ** 28 };
  return (...parameters: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      execFile(TERRAFORM, parameters, options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`terraform ${parameters.join(' ')} failed:\n${stderr}${stdout}`));
      });
    });
}
