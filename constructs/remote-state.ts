/** Configures where Terraform keeps the state of a stack: in S3 or in a local file. */
import { Annotations, S3Backend, type S3BackendConfig, type TerraformStack, TerraformVariable } from 'cdktf';

export interface RemoteStateProps {
  /** The S3 bucket's name. */
  readonly bucket: string;
  /** The bucket's AWS region. */
  readonly region: string;
  /** S3 key of the state, unique in the bucket, for example `default/items/terraform.tfstate`. */
  readonly key: string;
  /** ARN of the KMS key that encrypts the state; empty for S3's own key. @default '' */
  readonly kmsKey?: string;
}

/** Keeps the state in S3, encrypted. Terraform locks the state with the object `<key>.tflock`: only one run can create it. */
export class RemoteState extends S3Backend {
  constructor(stack: TerraformStack, { bucket, region, key, kmsKey = '' }: RemoteStateProps) {
    // CDKTF's type lacks use_lockfile (Terraform 1.10 and later), but CDKTF writes unknown properties unchanged.
    const config: S3BackendConfig & { useLockfile: boolean } = {
      bucket,
      region,
      key,
      encrypt: true,
      // Without `kmsKeyId`, the backend would request S3's own key, even if the bucket has another default key.
      ...(kmsKey !== '' && { kmsKeyId: kmsKey }),
      useLockfile: true,
    };
    super(stack, config);
  }
}

/**
 * Keeps the state in a file of the project's folder, which is CDKTF's default. `cdktf synth` prints a message about it.
 * @param remoteStateRequired whether Terraform must refuse a local state. On a CI machine the file would be lost with the
 *   machine, and Terraform would no longer know the deployed resources.
 */
export function keepStateLocally(stack: TerraformStack, remoteStateRequired: boolean): void {
  const file = `terraform.${stack.node.id}.tfstate`;
  const advice =
    'To keep the state in S3, set stateBucket in cdktf.json or the variable STATE_BUCKET. npm run bootstrap creates the bucket.';
  if (!remoteStateRequired) {
    Annotations.of(stack).addInfo(
      `The state is the local file ${file}. Do not delete it, and do not share it. ${advice}`,
    );
    return;
  }
  const refusal = `CI is set, but the state of the stack ${stack.node.id} would be the local file ${file}, which is lost with this machine. ${advice}`;
  // cdktf may lose the last lines that a failed Terraform prints, so synth prints the refusal too.
  Annotations.of(stack).addWarning(`Terraform will refuse to plan, apply or destroy. ${refusal}`);
  // Terraform checks the validation of a variable before each plan, apply and destroy, but not in `terraform validate`.
  const variable = new TerraformVariable(stack, 'state_bucket', {
    type: 'string',
    default: '',
    description: 'Do not set this variable. It stops Terraform when CI is set and the stack has no remote state.',
  });
  variable.overrideLogicalId('state_bucket');
  variable.addValidation({ condition: '${var.state_bucket != ""}', errorMessage: refusal });
}
