/** Builds functions. Rebuilds a function with other options when its packages or its errors require them. */
import type { BuildFailure, BuildOptions, Message } from 'esbuild';
import { build, type BuildContext, type BuiltFunction } from './esbuild';
import { BundleError, type FailedFunction } from './messages';
import { IMPORT_META } from './options';
import { remedyFor } from './remedies';

/** Packages that also work when minifying changes the names of their functions and classes. */
const WITHOUT_NAMES = /^(@aws-sdk\/.*|@smithy\/.*|lossless-json)$/;

/** Maximum builds of a function: the first, one after errors of imports, one after errors that esbuild reports only then. */
const MAX_ATTEMPTS = 3;

/** Builds functions. @throws BundleError with the errors of all functions */
export async function buildFunctions(entries: readonly string[], context: BuildContext): Promise<BuiltFunction[]> {
  try {
    return await buildTogether(entries, context);
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
  }
  // The errors do not name the functions that they belong to. Build each function alone to find out.
  const results = await Promise.all(entries.map((entry) => buildAlone(entry, context)));
  const failed = results.filter((result) => 'errors' in result);
  if (failed.length > 0) throw new BundleError(failed);
  return results.filter((result) => 'code' in result);
}

/**
 * Builds functions with one call of esbuild. A second call rebuilds the functions that use `import.meta` or import packages
 * that may read the names of functions and classes.
 */
async function buildTogether(
  entries: readonly string[],
  context: BuildContext,
  options: BuildOptions = {},
): Promise<BuiltFunction[]> {
  const built = await build(entries, context, options);
  const incomplete = built.filter(({ code, packages }) => usesImportMeta(code) || packages.some(mayReadNames));
  const rebuilt = await build(
    incomplete.map(({ entry }) => entry),
    context,
    { keepNames: true, inject: [context.importMeta], ...options },
  );
  return built.map((first) => rebuilt.find(({ entry }) => entry === first.entry) ?? first);
}

/** Whether the code uses `import.meta`: the option `define` replaces it with a constant, whose name esbuild does not minify. */
function usesImportMeta(code: Uint8Array): boolean {
  return Buffer.from(code).includes(IMPORT_META);
}

function mayReadNames(packageName: string): boolean {
  return !WITHOUT_NAMES.test(packageName);
}

/**
 * Builds one function. After errors, retries with options that prevent them. esbuild reports some errors only after the others
 * are corrected.
 */
async function buildAlone(entry: string, context: BuildContext): Promise<BuiltFunction | FailedFunction> {
  const seen: Message[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const result = await tryBuild(entry, context, remedyFor(seen, context.root));
    if (!('errors' in result) || attempt === MAX_ATTEMPTS || !remedyFor(result.errors, context.root)) return result;
    seen.push(...result.errors);
  }
}

async function tryBuild(
  entry: string,
  context: BuildContext,
  options: BuildOptions | undefined,
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
