/** Where a stack's state is kept: in S3, encrypted and locked, or, for one person, in a file. */
import { Annotations, S3Backend, type S3BackendConfig, type TerraformStack, TerraformVariable } from 'cdktf';

export interface RemoteStateProps {
  /** The S3 bucket's name. */
  readonly bucket: string;
  /** The bucket's AWS region. */
  readonly region: string;
  /** The object that holds the state, unique in the bucket: `default/items/terraform.tfstate`. */
  readonly key: string;
}

/** State in S3, encrypted, under Terraform's own lock there: `<key>.tflock`, an object that only one run can make. */
export class RemoteState extends S3Backend {
  constructor(stack: TerraformStack, { bucket, region, key }: RemoteStateProps) {
    // CDKTF's types do not know use_lockfile (Terraform 1.10 and later); it passes on what it does not know.
    const config: S3BackendConfig & { useLockfile: boolean } = {
      bucket,
      region,
      key,
      encrypt: true,
      useLockfile: true,
    };
    super(stack, config);
  }
}

/**
 * Leaves the state in a file of the project's folder, CDKTF's default, and says so when it is synthesized.
 * @param required whether Terraform is to refuse that: on a CI machine the file, and all knowledge of what was
 *   deployed, would be gone with the machine
 */
export function keepStateLocally(stack: TerraformStack, required: boolean): void {
  const file = `terraform.${stack.node.id}.tfstate`;
  const advice = 'Name a bucket in stateBucket or STATE_BUCKET; npm run bootstrap makes one.';
  if (!required) {
    Annotations.of(stack).addInfo(`The state is the local file ${file}: keep it, and share it with nobody. ${advice}`);
    return;
  }
  const refusal = `CI is set, and the state of stack ${stack.node.id} would be the file ${file}, lost with this machine. ${advice}`;
  // cdktf may lose the last lines of a Terraform that failed.
  Annotations.of(stack).addWarning(`Terraform will refuse to plan, apply or destroy. ${refusal}`);
  // A variable, as Terraform checks it before every plan, apply and destroy, and not for validate.
  const variable = new TerraformVariable(stack, 'state_bucket', {
    type: 'string',
    default: '',
    description: 'Not to be set here: it stops Terraform where CI is set and the stack has no remote state.',
  });
  variable.overrideLogicalId('state_bucket');
  variable.addValidation({ condition: '${var.state_bucket != ""}', errorMessage: refusal });
}
