/** Applies configurations with the real Terraform and the stand-in providers. */

import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { configuredAttributes, StandIn } from '../../src/stand-in/stand-in';

export interface StateInstance {
  readonly values: Record<string, unknown>;
  readonly configured: Readonly<Record<string, unknown>>;
}

export interface AppliedRun {
  /** What Terraform printed. */
  readonly output: string;
  readonly failed: boolean;
  /** By address. */
  readonly instances: ReadonlyMap<string, StateInstance>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

interface StateFile {
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources?: readonly {
    readonly module?: string;
    readonly mode: 'managed' | 'data';
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes: Record<string, unknown>;
      readonly private?: string;
    }[];
  }[];
}

/** The reason why tests with Terraform cannot run, or undefined. */
export function terraformMissing(): string | undefined {
  const { error } = spawnSync('terraform', ['version'], { encoding: 'utf8' });
  return error === undefined || process.env['REQUIRE_TERRAFORM'] === '1'
    ? undefined
    : 'there is no terraform on the PATH';
}

/** A folder with a Terraform configuration. */
export class TerraformFolder {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'stand-in-'));
  private initialized = false;

  constructor(files: Readonly<Record<string, string>>) {
    this.write(files);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** @param types the types that the configuration names @default each quoted word with an underscore */
  async apply(types = this.types()): Promise<AppliedRun> {
    const standIn = await StandIn.start({ types, folder: this.folder, pathToWrite: (file) => file });
    try {
      if (!this.initialized) await this.terraform(standIn, 'init', '-no-color', '-input=false');
      this.initialized = true;
      const [status, output] = await this.terraform(standIn, 'apply', '-auto-approve', '-no-color', '-input=false');
      return { output, failed: status !== 0, ...this.state() };
    } finally {
      await standIn.stop();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private types(): readonly string[] {
    const text = readFileSync(path.join(this.folder, 'main.tf'), 'utf8');
    return [...text.matchAll(/^(?:resource|data|ephemeral) "(\w+)"/gm)].map(([, type]) => String(type));
  }

  private terraform(standIn: StandIn, ...parameters: readonly string[]): Promise<[status: number, output: string]> {
    const env = {
      ...process.env,
      TF_REATTACH_PROVIDERS: standIn.reattach,
      CHECKPOINT_DISABLE: '1',
      TF_CLI_ARGS_init: '',
    };
    return new Promise((resolve) => {
      execFile('terraform', parameters, { cwd: this.folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        resolve([error === null ? 0 : 1, stdout + stderr]);
      });
    });
  }

  private state(): Pick<AppliedRun, 'instances' | 'outputs'> {
    let state: StateFile = {};
    try {
      state = JSON.parse(readFileSync(path.join(this.folder, 'terraform.tfstate'), 'utf8')) as StateFile;
    } catch {
      // Terraform failed before it wrote a state.
    }
    const instances = (state.resources ?? []).flatMap(({ module, mode, type, name, instances: all }) =>
      all.map(({ index_key: key, attributes, private: bytes = '' }): [string, StateInstance] => [
        [module, mode === 'data' ? 'data' : undefined, type, name].filter(Boolean).join('.') +
          (key === undefined ? '' : `[${JSON.stringify(key)}]`),
        { values: attributes, configured: configuredAttributes(bytes) },
      ]),
    );
    const outputs = Object.entries(state.outputs ?? {}).map(([name, { value }]) => [name, value]);
    return { instances: new Map(instances), outputs: Object.fromEntries(outputs) as AppliedRun['outputs'] };
  }
}
