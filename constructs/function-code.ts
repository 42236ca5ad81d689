/** A function's code as a Terraform asset: one archive, which any number of functions can share. */
import path from 'node:path';
import { App, AssetType, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { bundle, type Sdk, writeBundle } from './bundle';

export interface FunctionCodeProps {
  /** Path of the entry file, which exports `handler`. */
  readonly entry: string;
  /** Whether parts of the AWS SDK are replaced by faster ones. @default fast */
  readonly sdk?: Sdk;
}

export class FunctionCode extends Construct {
  /** Path of the archive, relative to the stack's folder. */
  readonly filename: string;
  /** SHA-256 of the archive in base64; it changes when, and only when, the archive does. */
  readonly hash: string;
  /** Lambda's handler setting. */
  readonly handler: string;

  constructor(scope: Construct, id: string, props: FunctionCodeProps) {
    super(scope, id);
    const built = bundle(props.entry, props);
    const folder = path.resolve(App.of(this).outdir, 'bundles', ...this.node.path.split('/'));
    const asset = new TerraformAsset(this, 'archive', {
      path: writeBundle(built, folder),
      type: AssetType.FILE,
      // CDKTF's own hash leaves out file names and follows its version.
      assetHash: Buffer.from(built.hash, 'base64').toString('hex').slice(0, 32),
    });
    this.filename = asset.path;
    this.hash = built.hash;
    this.handler = built.handler;
  }
}
