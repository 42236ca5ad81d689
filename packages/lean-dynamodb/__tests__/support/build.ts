/** Bundles a fixture as a Lambda function, with the lean client or the stock SDK. */
import { build as esbuild, type BuildResult } from 'esbuild';
import { leanDynamodb, sdkModules } from '../../src';

export type Sdk = 'lean' | 'stock';

/** @param folder see LeanDynamodbOptions */
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
    // The order of Node.js, which selects the CommonJS files of the SDK without the plugins.
    mainFields: ['main'],
    conditions: [],
    metafile: true,
    logLevel: 'silent',
    plugins: sdk === 'lean' ? [leanDynamodb(folder === undefined ? {} : { folder })] : [sdkModules()],
  });
}
