/** Finds how the time of a regular expression grows: as a power of the text's length. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isPlainlyLinear } from './plain-pattern';

export interface Complexity {
  /** 1 for time in proportion to the length, `Infinity` for exponential time; undefined when the analysis had no result. */
  readonly degree: number | undefined;
  /** A text that takes long, as a JavaScript expression. */
  readonly attack?: string;
}

/** Part of the result of recheck. */
interface Diagnostics {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  readonly complexity?: { readonly type: 'safe' | 'linear' | 'polynomial' | 'exponential'; readonly degree?: number };
  readonly attack?: { readonly pattern: string };
}

const TIMEOUT_MS = 20_000;

const requirePackage = createRequire(__filename);

/**
 * Returns the complexity of a valid pattern. The package recheck can take seconds for a pattern. So plain patterns are
 * recognized without it, and its results are cached below node_modules/.cache.
 */
export function complexityOf(pattern: string): Complexity {
  if (isPlainlyLinear(pattern)) return { degree: 1 };
  const packageFile = requirePackage.resolve('recheck/package.json');
  const { version } = requirePackage(packageFile) as { readonly version: string };
  const name = createHash('sha256').update(`${version}\n${pattern}`).digest('base64url');
  const file = path.join(packageFile, '../../.cache/contract-patterns', `${name}.json`);
  const cached = read(file);
  if (cached) return fromDiagnostics(cached);
  const diagnostics = analyse(pattern);
  // Do not cache a timeout: the machine may have been busy.
  if (diagnostics.status !== 'unknown') write(file, diagnostics);
  return fromDiagnostics(diagnostics);
}

function fromDiagnostics({ status, complexity, attack }: Diagnostics): Complexity {
  if (status === 'safe') return { degree: 1 };
  if (status === 'unknown' || !complexity) return { degree: undefined };
  const degree = complexity.type === 'exponential' ? Infinity : (complexity.degree ?? 2);
  return attack ? { degree, attack: attack.pattern } : { degree };
}

function analyse(pattern: string): Diagnostics {
  // The other backends of recheck start a JVM, a native program or a worker.
  process.env['RECHECK_SYNC_BACKEND'] ??= 'pure';
  const { checkSync } = requirePackage('recheck') as {
    readonly checkSync: (source: string, flags: string, parameters: { readonly timeout: number }) => Diagnostics;
  };
  return checkSync(pattern, 'u', { timeout: TIMEOUT_MS });
}

function read(file: string): Diagnostics | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Diagnostics;
  } catch {
    // The cache file is missing or damaged.
    return undefined;
  }
}

function write(file: string, { status, complexity, attack }: Diagnostics): void {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(temporary, JSON.stringify({ status, complexity, attack: attack && { pattern: attack.pattern } }));
    renameSync(temporary, file);
  } catch {
    // The folder is not writable. The next run repeats the analysis.
  }
}
