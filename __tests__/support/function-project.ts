/** Makes a project with one function and its own npm packages. Runs the function's bundle from its archive, as Lambda does. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { type Bundle, bundleFunctions } from '../../constructs/bundle';

export const ENTRY = 'function/parcels/index.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

export class FunctionProject {
  readonly root = mkdtempSync(path.join(os.tmpdir(), 'function-project-'));
  /** The texts that bundling printed. */
  readonly printed: string[] = [];

  /** The current source of the entry. */
  private source = '';

  constructor() {
    jest.spyOn(console, 'warn').mockImplementation((text: string) => this.printed.push(text));
  }

  /** Writes files, by their paths from the project's root. */
  write(files: Files): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  /** Writes a package into node_modules. */
  install(name: string, files: Files): void {
    const all = { 'package.json': JSON.stringify({ name, version: '1.0.0' }), ...files };
    this.write(
      Object.fromEntries(Object.entries(all).map(([file, content]) => [`node_modules/${name}/${file}`, content])),
    );
  }

  /** Bundles a function of this source. */
  async bundle(source: string): Promise<Bundle> {
    if (this.source !== source) this.write({ [ENTRY]: source });
    this.source = source;
    const bundle = (await bundleFunctions([ENTRY], { root: this.root })).get(ENTRY);
    if (!bundle) throw new Error(`no bundle of ${ENTRY}`);
    return bundle;
  }

  /** Bundles a function that does not build. @returns the message of the error */
  async failure(source: string): Promise<string> {
    const error: unknown = await this.bundle(source).catch((error: unknown) => error);
    if (error instanceof Error) return error.message;
    throw new Error('The function was bundled. The test expects an error.');
  }

  /** Runs the handler in a folder with only the files of the archive. @returns its result, with /var/task for the folder */
  async answerOf(source: string): Promise<unknown> {
    const { zip, file } = await this.bundle(source);
    const taskRoot = mkdtempSync(path.join(os.tmpdir(), 'task-'));
    try {
      for (const [name, content] of Object.entries(unzipSync(zip))) writeFileSync(path.join(taskRoot, name), content);
      const { stdout, stderr } = spawnSync(process.execPath, ['-e', CALL, path.join(taskRoot, file)], {
        cwd: os.tmpdir(),
        encoding: 'utf8',
      });
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout.replaceAll(taskRoot, '/var/task'));
    } finally {
      rmSync(taskRoot, { recursive: true });
    }
  }

  remove(): void {
    jest.restoreAllMocks();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** `import()` loads CommonJS modules and ES modules, as Lambda's runtime does. */
const CALL = `
  import(process.argv[1])
    .then(({ handler }) => handler())
    .then((answer) => process.stdout.write(JSON.stringify(answer)));
`;
