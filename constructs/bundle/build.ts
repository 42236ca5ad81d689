/** Builds functions: with the usual options, and with other options those that need them. */
import type { BuildFailure, BuildOptions, Message } from 'esbuild';
import { build, type BuildContext, type BuiltFunction } from './esbuild';
import { BundleError, type FailedFunction } from './messages';
import { IMPORT_META } from './options';
import { remedyFor } from './remedies';

/** These packages do not read the names of their functions and classes, which minifying changes. */
const WITHOUT_NAMES = /^(@aws-sdk\/.*|@smithy\/.*|lossless-json)$/;

/** The first attempt, one for errors of imports, and one for errors that show after all files were read. */
const MAX_ATTEMPTS = 3;

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

/** Builds a function, with other options when they prevent its errors. Some errors show only after others. */
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
