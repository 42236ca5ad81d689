/** A Terraform project in a folder for temporary files, evaluated by real Terraform. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LoadedStacks } from '../../src/source/source';
import { TerraformSource, type TerraformSourceOptions } from '../../src/source/terraform/terraform-source';

export interface Loaded extends LoadedStacks {
  readonly outputs: Readonly<Record<string, unknown>>;
}

export class TerraformProject {
  readonly folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'terraform-')));
  /** The folder of the root module. */
  readonly root: string;
  private readonly sources: TerraformSource[] = [];

  /** @param root folder of the root module, relative to the project's folder */
  constructor(root = 'infra') {
    this.root = path.join(this.folder, 'project', root);
    mkdirSync(this.root, { recursive: true });
  }

  /** Writes a file. @param name relative to the root module */
  put(name: string, text: string): void {
    const file = path.join(this.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  source({ settings, ...options }: Partial<TerraformSourceOptions> = {}): TerraformSource {
    const source = new TerraformSource({
      folder: this.root,
      workFolder: path.join(this.folder, 'work'),
      cacheFolder: path.join(this.folder, 'cache'),
      settings: { variables: [], variableFiles: [], provisioners: false, ...settings },
      ...options,
    });
    this.sources.push(source);
    return source;
  }

  async load(options: Partial<TerraformSourceOptions> = {}): Promise<Loaded> {
    return loadFrom(this.source(options));
  }

  /** Loads. @returns the message of the error */
  async failure(options: Partial<TerraformSourceOptions> = {}): Promise<string> {
    try {
      await this.source(options).load();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('The load did not fail.');
  }

  /** The names, times and contents of all files of the project. */
  listing(): string[] {
    const project = path.join(this.folder, 'project');
    return readdirSync(project, { recursive: true, encoding: 'utf8' })
      .map((name) => {
        const file = path.join(project, name);
        const stats = statSync(file);
        return `${name} ${stats.mtimeMs} ${stats.isFile() ? readFileSync(file, 'utf8') : ''}`;
      })
      .sort();
  }

  async remove(): Promise<void> {
    await Promise.all(this.sources.map((source) => source.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function loadFrom(source: TerraformSource): Promise<Loaded> {
  const loaded = await source.load();
  return { ...loaded, outputs: loaded.stacks[0]?.evaluate(new Map()).outputs ?? {} };
}
