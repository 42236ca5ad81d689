/**
 * Stand-ins for Terraform providers. This process serves them to Terraform, which then needs no provider, no account and no
 * network. `aws_*` resources get the ids, ARNs and URLs that AWS would generate.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { handlersOf } from './protocol/handlers';
import { ProviderServer } from './protocol/server';
import { DEFAULT_SETTINGS } from './provider/settings';
import type { StandInOptions } from './options';
import { reattachEntry } from './reattach';
import { loadProviders } from './providers';

export type { StandInOptions } from './options';
export { configuredAttributes } from './provider/private-state';

const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];

/** Operating systems limit the path of a socket to about 100 bytes. */
const MAX_SOCKET_PARENT_BYTES = 70;

export class StandIn {
  private constructor(
    private readonly servers: ReadonlyMap<string, ProviderServer>,
    /** The folder of the sockets. Data sources run programs, so it is closed to other users. */
    private readonly socketFolder: string,
    /** The types without a schema. Terraform refuses them as unknown. */
    readonly unknownTypes: readonly string[],
  ) {}

  static async start(options: StandInOptions): Promise<StandIn> {
    const { providers, unknownTypes } = await loadProviders(options);
    const socketFolder = createSocketFolder();
    const servers = await Promise.all(
      [...providers].map(async ([address, provider], index) => {
        const server = await ProviderServer.start(handlersOf(provider), path.join(socketFolder, String(index)));
        return [address, server] as const;
      }),
    );
    return new StandIn(new Map(servers), socketFolder, unknownTypes);
  }

  /** The value of the environment variable `TF_REATTACH_PROVIDERS`. */
  get reattach(): string {
    const entries = [...this.servers].flatMap(([address, server]) =>
      REGISTRIES.map((registry) => [`${registry}/${address}`, reattachEntry(server.address)]),
    );
    return JSON.stringify(Object.fromEntries(entries));
  }

  /** Forgets the settings of the run before. Call it before each run of Terraform. */
  beginRun(): void {
    for (const server of this.servers.values()) server.beginRun();
  }

  /** The account id of the AWS provider in this run. */
  get account(): string {
    return this.settings.account;
  }

  /** The region of the AWS provider in this run. With several provider blocks, the region of the block with most resources. */
  get region(): string {
    return this.settings.region;
  }

  /** Ends the servers immediately and removes their sockets. */
  stop(): void {
    for (const server of this.servers.values()) server.stop();
    rmSync(this.socketFolder, { recursive: true, force: true });
  }

  private get settings() {
    return this.servers.get('hashicorp/aws')?.settings ?? DEFAULT_SETTINGS;
  }
}

/** Only this user can enter the folder. */
function createSocketFolder(): string {
  const folder = os.tmpdir();
  const isShort = Buffer.byteLength(folder) <= MAX_SOCKET_PARENT_BYTES || process.platform === 'win32';
  return mkdtempSync(path.join(isShort ? folder : '/tmp', 'local-run-sockets-'));
}
