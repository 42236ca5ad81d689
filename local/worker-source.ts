/** The code of a worker thread, from its TypeScript file: compiled here once, so that an instance starts with plain JavaScript. */
import { buildSync } from 'esbuild';

const sources = new Map<string, string>();

/** @param file absolute path of the worker's entry file */
export function workerSource(file: string): string {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
  });
  const source = outputFiles[0]?.text ?? '';
  sources.set(file, source);
  return source;
}
