/** Builds functions: with the usual options, and with other options those that need them. */
import type { BuildFailure, BuildOptions } from 'esbuild';
import { build, type BuildContext, type BuiltFunction } from './esbuild';
import { BundleError, type FailedFunction } from './messages';
import { IMPORT_META } from './options';
import { secondAttempt } from './second-attempt';

/** These packages do not read the names of their functions and classes, which minifying changes. */
const WITHOUT_NAMES = /^(@aws-sdk\/.*|@smithy\/.*|lossless-json)$/;

/** @throws BundleError with the errors of all functions */
export async function buildFunctions(entries: readonly string[], context: BuildContext): Promise<BuiltFunction[]> {
  try {
    return await buildTogether(entries, context);
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
  }
  // Built alone, each function has its own errors.
  const results = await Promise.all(entries.map((entry) => buildAlone(entry, context)));
  const failed = results.filter((result) => 'errors' in result);
  if (failed.length > 0) throw new BundleError(failed);
  return results.filter((result) => 'code' in result);
}

async function buildTogether(
  entries: readonly string[],
  context: BuildContext,
  options: BuildOptions = {},
): Promise<BuiltFunction[]> {
  const built = await build(entries, context, options);
  const again = built.filter(({ code, packages }) => usesImportMeta(code) || packages.some(mayReadNames));
  const entriesAgain = again.map(({ entry }) => entry);
  const forPackages = { keepNames: true, inject: [context.importMeta], ...options };
  const rebuilt = await build(entriesAgain, context, forPackages);
  return built.map((first) => rebuilt.find(({ entry }) => entry === first.entry) ?? first);
}

/** esbuild keeps the name that the option `define` has put in the place of `import.meta`. */
function usesImportMeta(code: Uint8Array): boolean {
  return Buffer.from(code).includes(IMPORT_META);
}

function mayReadNames(packageName: string): boolean {
  return !WITHOUT_NAMES.test(packageName);
}

async function buildAlone(entry: string, context: BuildContext): Promise<BuiltFunction | FailedFunction> {
  const first = await tryBuild(entry, context);
  const options = 'errors' in first ? secondAttempt(first.errors, context.root) : undefined;
  return options ? tryBuild(entry, context, options) : first;
}

async function tryBuild(
  entry: string,
  context: BuildContext,
  options?: BuildOptions,
): Promise<BuiltFunction | FailedFunction> {
  try {
    const [built] = await buildTogether([entry], context, options);
    return built ?? { entry, errors: [] };
  } catch (error) {
    if (isBuildFailure(error)) return { entry, errors: error.errors };
    throw error;
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error;
}
