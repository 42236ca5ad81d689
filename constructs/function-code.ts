/** The archive of a function as a Terraform asset. Several functions can share it. */
import path from 'node:path';
import { App, AssetType, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { type Bundle, writeBundle } from './bundle';

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
      path: writeBundle(bundle, folder),
      type: AssetType.FILE,
      // CDKTF's default hash ignores file names, and may change with CDKTF's version.
      assetHash: Buffer.from(bundle.hash, 'base64').toString('hex').slice(0, 32),
    });
    this.filename = asset.path;
    this.hash = bundle.hash;
    this.handler = bundle.handler;
  }
}
