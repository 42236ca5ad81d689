/** An esbuild plugin that replaces parts of @aws-sdk/client-dynamodb with a lean client for AWS Lambda. */
import path from 'node:path';
import type { OnLoadResult, PartialMessage, Plugin, PluginBuild } from 'esbuild';
import {
  changedReplacements,
  CLIENT_PACKAGE,
  CORE_PACKAGE,
  fallbackMessage,
  findSdk,
  type InstalledSdk,
  installedFile,
  DOCUMENT_PACKAGE,
} from './installed-sdk';
import { resolveSdkModules, sdkModules } from './module-build';
import { type Replacement, replacements } from './replacements';

export { sdkModules } from './module-build';
export { replacements, type Replacement } from './replacements';

export interface LeanDynamodbOptions {
  /**
   * The folder of the functions. The plugin replaces files of the SDK that Node.js finds from this folder.
   * @default esbuild's `absWorkingDir`, or the working directory
   */
  readonly folder?: string;
}

/** Resolved by package name, because an app may bundle this file into another folder. */
const REPLACEMENTS_FOLDER = path.join(path.dirname(require.resolve('lean-dynamodb/package.json')), 'src/client');
const PLUGIN_NAME = 'lean-dynamodb';
const NAMESPACE = 'lean-dynamodb';

/**
 * Bundles the lean client in place of the SDK files that `replacements` lists.
 * If the content of an installed file differs, or the functions import a second copy of the SDK, the bundle contains the stock
 * SDK, and esbuild reports a warning.
 * Other clients of the SDK (S3, SQS, ...) are bundled unchanged.
 * @example await esbuild.build({ entryPoints, bundle: true, plugins: [leanDynamodb()] })
 */
export function leanDynamodb({ folder }: LeanDynamodbOptions = {}): Plugin {
  return {
    name: PLUGIN_NAME,
    setup(build) {
      const project = folder ?? build.initialOptions.absWorkingDir ?? process.cwd();
      const sdk = findSdk(project);
      const changed = changedReplacements(sdk);
      if (changed.length > 0) {
        resolveSdkModules(build, warnOnce(build, fallbackMessage(sdk, changed)));
        return;
      }
      replaceSdk(build, sdk, project);
      resolveSdkModules(build);
    },
  };
}

/** @returns a function that returns the warning for the first import of a DynamoDB package in a build, and later no warning */
function warnOnce(build: PluginBuild, text: string): (name: string) => PartialMessage[] {
  let warned = false;
  build.onStart(() => {
    warned = false;
  });
  return (name) => {
    if (warned || !/^@aws-sdk\/(client|lib)-dynamodb$/.test(name)) return [];
    warned = true;
    return [{ text }];
  };
}

function replaceSdk(build: PluginBuild, sdk: InstalledSdk, project: string): void {
  replaceFiles(build, sdk);
  replaceBaseClient(build, sdk);
  resolveFromProject(build, sdk, project);
}

/** Replaces the files that only DynamoDB's packages import. */
function replaceFiles(build: PluginBuild, sdk: InstalledSdk): void {
  const files = replacements.filter((replacement) => replacement.package !== CORE_PACKAGE);
  const warnOfSecondCopy = bundleStockSdkOnSecondCopy(build);
  const names = files.map(({ file }) => path.basename(file, '.js')).join('|');
  build.onLoad({ filter: new RegExp(`[\\\\/](${names})\\.js$`) }, ({ path: loadedFile }): OnLoadResult | undefined => {
    const replacement = files.find((file) => loadedFile.endsWith(path.join('node_modules', file.package, file.file)));
    if (!replacement) return undefined;
    if (loadedFile !== installedFile(sdk, replacement)) {
      return warnOfSecondCopy(loadedFile.slice(0, -replacement.file.length - 1), sdk[replacement.package]);
    }
    return loadReplacement(replacement);
  });
}

function loadReplacement({ replacementFile }: Replacement): OnLoadResult {
  const file = path.join(REPLACEMENTS_FOLDER, replacementFile);
  return { contents: `export * from ${JSON.stringify(file)};`, resolveDir: REPLACEMENTS_FOLDER };
}

/**
 * Repeats the build without this plugin if the bundle contains files of a second copy of the SDK. The replacements work only
 * together, and the bundle would mix lean and stock parts.
 * @returns a function that reports the folders of both copies
 */
function bundleStockSdkOnSecondCopy(build: PluginBuild): (second: string, first?: string) => OnLoadResult | undefined {
  let hasSecondCopy = false;
  build.onStart(() => {
    hasSecondCopy = false;
  });
  build.onEnd(async (result) => {
    if (!hasSecondCopy || result.errors.length > 0) return;
    const others = build.initialOptions.plugins?.filter(({ name }) => name !== PLUGIN_NAME) ?? [];
    const plugins = [...others, sdkModules()];
    // The first build has reported the warnings.
    const stock = await build.esbuild.build({ ...build.initialOptions, plugins, logLevel: 'silent' });
    Object.assign(result, { outputFiles: stock.outputFiles, metafile: stock.metafile });
  });
  return (second, first) => {
    if (hasSecondCopy) return undefined;
    hasSecondCopy = true;
    return { warnings: [{ text: secondCopyMessage(second, first) }] };
  };
}

function secondCopyMessage(second: string, first = ''): string {
  return (
    'lean-dynamodb: the bundle contains the stock AWS SDK, because the functions import two copies of it: ' +
    `${second} and ${first}. Remove one copy, for example with \`npm dedupe\`.`
  );
}

/** Replaces the base class in @smithy/core, only for DynamoDB's packages: all clients of the SDK share this file. */
function replaceBaseClient(build: PluginBuild, sdk: InstalledSdk): void {
  const baseClient = replacements.find((replacement) => replacement.package === CORE_PACKAGE);
  const importers = [sdk[CLIENT_PACKAGE], sdk[DOCUMENT_PACKAGE]].map((folder) => `${folder}${path.sep}`);
  build.onResolve({ filter: /^@smithy\/core\/client$/ }, ({ path: name, importer }) =>
    importers.some((folder) => importer.startsWith(folder)) ? { path: name, namespace: NAMESPACE } : undefined,
  );
  build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path: name }) => {
    const stock = await build.resolve(name, { kind: 'import-statement', resolveDir: sdk[CLIENT_PACKAGE] ?? '' });
    const lean = path.join(REPLACEMENTS_FOLDER, baseClient?.replacementFile ?? '');
    return {
      // The named export takes precedence over the stock `Client` that `export *` includes.
      contents: `export * from ${JSON.stringify(stock.path)}; export { Client } from ${JSON.stringify(lean)};`,
      resolveDir: REPLACEMENTS_FOLDER,
    };
  });
}

/** Makes the lean client import the same copy of the SDK as the functions, wherever this package is installed. */
function resolveFromProject(build: PluginBuild, sdk: InstalledSdk, project: string): void {
  build.onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path: name, kind, importer }) => {
    if (!importer.startsWith(REPLACEMENTS_FOLDER)) return undefined;
    return build.resolve(name, {
      kind,
      resolveDir: name.startsWith(CORE_PACKAGE) ? (sdk[CLIENT_PACKAGE] ?? '') : project,
    });
  });
}
