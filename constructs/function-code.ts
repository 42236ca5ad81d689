/** The archive of a function as a Terraform asset. Several functions can share it. */
import path from 'node:path';
import { App, AssetType, TerraformAsset, TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import { Construct } from 'constructs';
import { type Bundle, writeBundle, writeSourceMap } from './bundle';

export interface FunctionCodeProps {
  /** The bundle, from `bundleFunctions`. */
  readonly bundle: Bundle;
}

export class FunctionCode extends Construct {
  /** Path of the archive, relative to the stack's folder. */
  readonly filename: string;
  /** SHA-256 of the archive in base64: Terraform's `source_code_hash`. */
  readonly hash: string;
  /** Lambda's handler setting. */
  readonly handler: string;

  constructor(scope: Construct, id: string, { bundle }: FunctionCodeProps) {
    super(scope, id);
    const folder = path.resolve(App.of(this).outdir, 'bundles', ...this.node.path.split('/'));
    const asset = new TerraformAsset(this, 'archive', {
      path: writeBundle({ ...bundle, sourceMap: undefined }, folder),
      type: AssetType.FILE,
      // CDKTF's default hash ignores file names, and may change with CDKTF's version.
      assetHash: Buffer.from(bundle.hash, 'base64').toString('hex').slice(0, 32),
    });
    if (bundle.sourceMap) this.addSourceMap(bundle.sourceMap, `${asset.path}.map`);
    this.filename = asset.path;
    this.hash = bundle.hash;
    this.handler = bundle.handler;
  }

  /**
   * Makes the synth write the source map beside the archive, where the local run finds it.
   * @param file path of the source map, relative to the stack's folder
   */
  private addSourceMap(sourceMap: Uint8Array, file: string): void {
    // A construct that is younger than the asset is synthesized later. The synth of the asset empties the asset's folder.
    addCustomSynthesis(new Construct(this, 'source-map'), {
      onSynthesize: ({ outdir, manifest }) => {
        const { workingDirectory } = manifest.forStack(TerraformStack.of(this));
        writeSourceMap(path.join(outdir, workingDirectory, file), sourceMap);
      },
    });
  }
}
