/** An esbuild plugin that replaces parts of @aws-sdk/client-dynamodb by a lean client for AWS Lambda. */
import path from 'node:path';
import type { OnLoadResult, Plugin, PluginBuild } from 'esbuild';
import {
  changedReplacements,
  CLIENT,
  CORE,
  fallbackMessage,
  findSdk,
  type InstalledSdk,
  installedFile,
  LIBRARY,
} from './installed-sdk';
import { replacements } from './replacements';

export { replacements, type Replacement } from './replacements';

export interface LeanDynamodbOptions {
  /**
   * Folder whose installed SDK is replaced: the one from which the functions import it.
   * @default esbuild's `absWorkingDir`, or else the working directory
   */
  readonly folder?: string;
}

/** Found by the package's name, because an app may bundle this file into another folder. */
const LEAN_CLIENT = path.join(path.dirname(require.resolve('lean-dynamodb/package.json')), 'src/client');
const NAMESPACE = 'lean-dynamodb';

/**
 * Bundles the lean client in the place of the files that `replacements` lists.
 * When an installed file has another content, the whole bundle has the stock SDK, and the build a warning that says so.
 * Other clients of the SDK (S3, SQS, ...) are bundled as they are.
 * @example await esbuild.build({ entryPoints, bundle: true, mainFields: ['module', 'main'], plugins: [leanDynamodb()] })
 */
export function leanDynamodb({ folder }: LeanDynamodbOptions = {}): Plugin {
  return {
    name: 'lean-dynamodb',
    setup(build) {
      const project = folder ?? build.initialOptions.absWorkingDir ?? process.cwd();
      const sdk = findSdk(project);
      const changed = changedReplacements(sdk);
      if (changed.length > 0) warnOnce(build, fallbackMessage(sdk, changed));
      else replace(build, sdk, project);
    },
  };
}

/** A bundle without DynamoDB does not need the warning. */
function warnOnce(build: PluginBuild, text: string): void {
  let warned = false;
  build.onStart(() => {
    warned = false;
  });
  build.onResolve({ filter: /^@aws-sdk\/(client|lib)-dynamodb$/ }, () => {
    if (warned) return undefined;
    warned = true;
    return { warnings: [{ text }] };
  });
}

function replace(build: PluginBuild, sdk: InstalledSdk, project: string): void {
  replaceFiles(build, sdk);
  replaceBaseClient(build, sdk);
  resolveFromProject(build, sdk, project);
}

/** Files that only DynamoDB's packages import. */
function replaceFiles(build: PluginBuild, sdk: InstalledSdk): void {
  const files = replacements.filter((replacement) => replacement.package !== CORE);
  const names = files.map(({ file }) => path.basename(file, '.js')).join('|');
  build.onLoad({ filter: new RegExp(`[\\\\/](${names})\\.js$`) }, ({ path: loaded }): OnLoadResult | undefined => {
    const found = files.find((file) => loaded.endsWith(path.join('node_modules', file.package, file.file)));
    if (!found) return undefined;
    if (loaded !== installedFile(sdk, found)) return { errors: [{ text: otherCopy(loaded, sdk[found.package]) }] };
    return { contents: `export * from ${JSON.stringify(path.join(LEAN_CLIENT, found.by))};`, resolveDir: LEAN_CLIENT };
  });
}

/** The replacements work only when all of them apply: a second copy of the SDK would mix lean and stock parts. */
function otherCopy(loaded: string, folder = ''): string {
  return (
    `Two copies of the AWS SDK are imported: ${loaded} and the one in ${folder}. ` +
    'Run `npm dedupe`, or bundle the stock SDK.'
  );
}

/** All clients share the base client in @smithy/core: only the imports of DynamoDB's packages get the lean one. */
function replaceBaseClient(build: PluginBuild, sdk: InstalledSdk): void {
  const base = replacements.find((replacement) => replacement.package === CORE);
  const importers = [sdk[CLIENT], sdk[LIBRARY]].map((folder) => `${folder}${path.sep}`);
  build.onResolve({ filter: /^@smithy\/core\/client$/ }, ({ path: name, importer }) =>
    importers.some((folder) => importer.startsWith(folder)) ? { path: name, namespace: NAMESPACE } : undefined,
  );
  build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path: name }) => {
    const stock = await build.resolve(name, { kind: 'import-statement', resolveDir: sdk[CLIENT] ?? '' });
    const lean = path.join(LEAN_CLIENT, base?.by ?? '');
    return {
      // The explicit export comes before the one of the same name behind the star.
      contents: `export * from ${JSON.stringify(stock.path)}; export { Client } from ${JSON.stringify(lean)};`,
      resolveDir: LEAN_CLIENT,
    };
  });
}

/** The lean client imports the same copy of the SDK as the functions do, wherever this package is installed. */
function resolveFromProject(build: PluginBuild, sdk: InstalledSdk, project: string): void {
  build.onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path: name, kind, importer }) => {
    if (!importer.startsWith(LEAN_CLIENT)) return undefined;
    return build.resolve(name, { kind, resolveDir: name.startsWith(CORE) ? (sdk[CLIENT] ?? '') : project });
  });
}
