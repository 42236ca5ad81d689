/** Applies configurations with the real Terraform and the stand-in providers. */

import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { configuredAttributes, StandIn } from '../../src/stand-in/stand-in';
import { TERRAFORM } from './with-terraform';

export interface StateInstance {
  readonly values: Record<string, unknown>;
  readonly configured: Readonly<Record<string, unknown>>;
}

export interface AppliedRun {
  /** What Terraform printed. */
  readonly output: string;
  readonly failed: boolean;
  readonly account: string;
  readonly region: string;
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

/** A new folder with a Terraform configuration. */
export class TerraformFolder {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'stand-in-'));

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
  apply(types?: readonly string[]): Promise<AppliedRun> {
    return applyFolder(this.folder, types);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Applies the configuration in a folder. */
export async function applyFolder(folder: string, types = typesIn(folder)): Promise<AppliedRun> {
  const standIn = await StandIn.start({ types, folder, pathToWrite: (file) => file });
  try {
    if (!existsSync(path.join(folder, '.terraform'))) await terraform(folder, standIn.reattach, 'init', '-input=false');
    const [status, output] = await terraform(folder, standIn.reattach, 'apply', '-auto-approve', '-input=false');
    return { output, failed: status !== 0, account: standIn.account, region: standIn.region, ...readState(folder) };
  } finally {
    standIn.stop();
  }
}

/** Serves stand-ins of all providers but AWS. @param use gets the entries of `TF_REATTACH_PROVIDERS` */
export async function smallProviders<T>(
  folder: string,
  use: (reattach: Readonly<Record<string, unknown>>) => Promise<T>,
): Promise<T> {
  const standIn = await StandIn.start({ types: [], folder, pathToWrite: (file) => file });
  try {
    const entries = Object.entries(JSON.parse(standIn.reattach) as Record<string, unknown>);
    return await use(Object.fromEntries(entries.filter(([address]) => !address.endsWith('/aws'))));
  } finally {
    standIn.stop();
  }
}

/** Each quoted word with an underscore, in the configuration and its modules: types, and other words. */
export function typesIn(folder: string): readonly string[] {
  const roots = [folder, ...modulesOf(folder)];
  const files = roots.flatMap((root) =>
    readdirSync(root)
      .filter((name) => /\.tf(\.json)?$/.test(name))
      .map((name) => path.join(root, name)),
  );
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return [...new Set([...text.matchAll(/"([a-z0-9]+_\w+)"/g)].map(([, type]) => String(type)))];
}

/** The folders of local modules. */
function modulesOf(folder: string): readonly string[] {
  const found = new Set<string>();
  const search = (root: string): void => {
    for (const name of readdirSync(root).filter((each) => /\.tf(\.json)?$/.test(each))) {
      for (const [, source] of readFileSync(path.join(root, name), 'utf8').matchAll(
        /"?source"?\s*[=:]\s*"(\.[^"]*)"/g,
      )) {
        const module = path.resolve(root, String(source));
        if (found.has(module) || !existsSync(module) || !statSync(module).isDirectory()) continue;
        found.add(module);
        search(module);
      }
    }
  };
  search(folder);
  return [...found];
}

function terraform(
  folder: string,
  reattach: string,
  ...parameters: readonly string[]
): Promise<[status: number, output: string]> {
  const env = {
    ...process.env,
    TF_REATTACH_PROVIDERS: reattach,
    CHECKPOINT_DISABLE: '1',
    TF_CLI_ARGS: '-no-color',
    TF_CLI_ARGS_init: '',
  };
  return new Promise((resolve) => {
    execFile(TERRAFORM, parameters, { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve([error === null ? 0 : 1, stdout + stderr]);
    });
  });
}

function readState(folder: string): Pick<AppliedRun, 'instances' | 'outputs'> {
  const file = path.join(folder, 'terraform.tfstate');
  const state = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StateFile) : {};
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
