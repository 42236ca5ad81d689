/** Builds a fixture as a Lambda function is built, with the lean client or the stock SDK. */
import { build as esbuild, type BuildResult } from 'esbuild';
import { leanDynamodb } from '../../src';

export type Sdk = 'lean' | 'stock';

/** @returns esbuild's warnings, metafile and output */
export async function build(
  entry: string,
  outfile: string,
  sdk: Sdk,
  folder?: string,
): Promise<BuildResult<{ metafile: true }>> {
  return esbuild({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    metafile: true,
    logLevel: 'silent',
    plugins: sdk === 'lean' ? [leanDynamodb(folder === undefined ? {} : { folder })] : [],
  });
}
