/**
 * Runs before the app in its process, and keeps it: asked again, the app runs anew, with the packages that it loaded
 * already. That is most of the time of a synth. Of its own files nothing is kept.
 */
import Module from 'node:module';
import path from 'node:path';
import type { AppAsked, AppDone } from './app-process';

const ROOT = process.cwd();

/** Whether this is the app itself, and no npx or shell before it: those have nothing that could be run again. */
function isApp(): boolean {
  const main = process.argv[1];
  if (!process.send || main === undefined) return false;
  return isInProject(path.resolve(main)) && isOwn(path.resolve(main));
}

/** Loaded before the app: this file, and what other `--require` there are. */
let before = new Set<string>();

/** Whether it is the app's, here or in a folder beside the project, and of no package. */
function isOwn(file: string): boolean {
  return !file.includes(`${path.sep}node_modules${path.sep}`) && (isInProject(file) || !before.has(file));
}

function isInProject(file: string): boolean {
  return file.startsWith(ROOT + path.sep);
}

type Load = (file: string, parent: unknown, isMain: boolean) => unknown;

const loader = Module as unknown as { _load: Load; readonly _pathCache: Record<string, string> };

function noteBefore(): void {
  const load = loader._load;
  loader._load = function (file, parent, isMain) {
    if (isMain && before.size === 0) before = new Set(Object.keys(require.cache));
    return load.call(this, file, parent, isMain);
  };
}

/** What it has thrown. */
let errors: string[] = [];

function keep(): void {
  // Processes that the app starts are none to be kept.
  delete process.env['NODE_OPTIONS'];
  noteBefore();
  process.on('uncaughtException', (error) => {
    const text = explained(error);
    errors.push(text);
    // Also here, for an app that then never ends by itself.
    console.error(text);
  });
  process.on('disconnect', () => process.exit());
  process.on('message', (message: AppAsked) => runAgain(message));
  // From here on the process is idle when the app has done all that it had to do.
  process.channel?.unref();
  process.on('beforeExit', () => {
    const files = Object.keys(require.cache).filter(isOwn);
    process.channel?.ref();
    const failed = errors.length > 0 || Boolean(process.exitCode);
    process.send?.({ failed, error: errors.join('\n'), files, linked: isLinked() } satisfies AppDone);
  });
}

function runAgain({ variables }: AppAsked): void {
  process.channel?.unref();
  errors = [];
  process.exitCode = undefined;
  Object.assign(process.env, variables);
  forgetOwn();
  loader._load(process.argv[1] ?? '', null, true);
}

/** Where imports led, by the folder and what was asked for; Node.js never looks again. */
const found = loader._pathCache;

/** Whether an import of an own module led elsewhere than it says. */
function isLinked(): boolean {
  return Object.entries(found).some(([asked, file]) => {
    const [request = '', folder = ''] = asked.split('\0');
    const said = path.resolve(folder, request);
    return isOwn(file) && /^\.{1,2}(\/|$)/.test(request) && !isAt(said, file);
  });
}

/**
 * Whether a file is at the path that was asked for, or what stands there: with an ending, or the folder's index. (Another `main` of
 * a folder's package.json seems to be a link, which only costs time.)
 */
function isAt(asked: string, file: string): boolean {
  const stem = asked.replace(/\.[cm]?[jt]sx?$/, '');
  return file === asked || (file.startsWith(stem) && /^(\/index)?\.[^./]+$/.test(file.slice(stem.length)));
}

/** Packages stay; they must not hold what was loaded for them before either. */
function forgetOwn(): void {
  // A file may have become a folder, or another one may stand before it.
  for (const [asked, file] of Object.entries(found)) if (isOwn(file)) Reflect.deleteProperty(found, asked);
  for (const [file, module] of Object.entries(require.cache)) {
    if (isOwn(file)) Reflect.deleteProperty(require.cache, file);
    else if (module) module.children = module.children.filter(({ filename }) => !isOwn(filename));
  }
}

/** Lines of a stack that are no code of the app: Node, packages, what loads TypeScript, and this file. */
const LOADERS = /^\s+at .*(node:|[\\/]node_modules[\\/]|[\\/]cache[\\/]\w+\.cjs|app-preload\.cjs)/;

/** esbuild says all in its message, with file and line; of other errors the stack, down to the app's own files. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (Array.isArray((error as { errors?: unknown }).errors)) return error.message;
  const lines = (error.stack ?? error.message).split('\n');
  return lines.filter((line) => !LOADERS.test(line)).join('\n');
}

if (isApp()) keep();
