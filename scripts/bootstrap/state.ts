/** The state of the stack that makes the bucket for states: first in a file, then moved into that bucket. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { PLAN_FILE } from '../terraform/plans';
import { terraform } from '../terraform/terraform';
import type { Bucket, State } from './bucket';

/** Files with these names Terraform merges over what was synthesized. */
const BACKEND_OVERRIDE = 'backend_override.tf.json';
const DESTROY_OVERRIDE = 'destroy_override.tf.json';

export class StateOfState {
  private readonly file: string;

  /**
   * @param folder of the synthesized stack
   * @param work the folder that keeps the state as long as it is a file
   */
  constructor(
    private readonly folder: string,
    work: string,
    private readonly bucket: Bucket,
  ) {
    this.file = path.join(work, 'terraform.tfstate');
    rmSync(path.join(folder, DESTROY_OVERRIDE), { force: true });
  }

  /**
   * Where the state is: in the bucket, or in the file that a bootstrap which was ended half-way left.
   * @throws Error when neither can be trusted
   */
  async find(): Promise<'bucket' | 'file' | 'nowhere'> {
    const exists = await this.bucket.exists();
    const remote = exists ? await this.bucket.state() : undefined;
    const local = this.local();
    if (remote && local) {
      if (!same(remote, local)) {
        throw new Error(
          `There are two states: one in the bucket ${this.bucket.name}, one in ${this.file}. ` +
            'Compare them, and move the one that is out of date away.',
        );
      }
      rmSync(this.file);
    }
    if (remote) return 'bucket';
    if (local) return 'file';
    if (!exists) return 'nowhere';
    throw new Error(
      `The bucket ${this.bucket.name} is there, but not the state of what made it. Choose another name with --bucket; ` +
        `or, if the bucket is meant for this and empty, delete it and run this again.`,
    );
  }

  /** Terraform works with the state in the bucket. */
  async useBucket(): Promise<void> {
    rmSync(path.join(this.folder, BACKEND_OVERRIDE), { force: true });
    await terraform(this.folder, ['init', '-reconfigure', '-no-color']);
  }

  /** Terraform works with the state in the file. */
  async useFile(): Promise<void> {
    this.overrideBackend();
    await terraform(this.folder, ['init', '-reconfigure', '-no-color']);
  }

  /** From the file into the bucket; the file goes once it is seen there. */
  async moveToBucket(): Promise<void> {
    rmSync(path.join(this.folder, BACKEND_OVERRIDE), { force: true });
    await terraform(this.folder, ['init', '-migrate-state', '-force-copy', '-no-color']);
    const [remote, local] = [await this.bucket.state(), this.local()];
    if (!remote || !local || !same(remote, local)) {
      throw new Error(`The state did not arrive in the bucket ${this.bucket.name}; it is still in ${this.file}.`);
    }
    rmSync(this.file);
    rmSync(`${this.file}.backup`, { force: true });
  }

  /** From the bucket into the file; the object goes once the file is seen. */
  async moveToFile(): Promise<void> {
    this.overrideBackend();
    await terraform(this.folder, ['init', '-migrate-state', '-force-copy', '-no-color']);
    if (!this.local()) throw new Error(`The state did not arrive in ${this.file}; it is still in the bucket.`);
    await this.bucket.deleteState();
  }

  /** Plans what settings have changed. @returns the addresses of what would be removed or replaced */
  async plan(): Promise<string[]> {
    await terraform(this.folder, ['plan', '-no-color', `-out=${PLAN_FILE}`], { show: true });
    const { stdout } = await terraform(this.folder, ['show', '-json', PLAN_FILE]);
    const { resource_changes: changes = [] } = JSON.parse(stdout) as {
      resource_changes?: { address: string; change: { actions: string[] } }[];
    };
    return changes.filter(({ change }) => change.actions.includes('delete')).map(({ address }) => address);
  }

  /** Applies what was planned. */
  async apply(): Promise<void> {
    await terraform(this.folder, ['apply', '-no-color', PLAN_FILE], { show: true });
  }

  /** Takes off what keeps the bucket from being destroyed with all versions in it. */
  async unprotect(): Promise<void> {
    const bucket = { force_destroy: true, lifecycle: { prevent_destroy: false } };
    writeFileSync(
      path.join(this.folder, DESTROY_OVERRIDE),
      JSON.stringify({ resource: { aws_s3_bucket: { state: bucket } } }),
    );
    // What destroy goes by is what the state says.
    await terraform(this.folder, ['apply', '-auto-approve', '-no-color', '-target=aws_s3_bucket.state']);
  }

  private overrideBackend(): void {
    writeFileSync(
      path.join(this.folder, BACKEND_OVERRIDE),
      JSON.stringify({ terraform: { backend: { local: { path: this.file } } } }),
    );
  }

  private local(): State | undefined {
    if (!existsSync(this.file)) return undefined;
    return JSON.parse(readFileSync(this.file, 'utf8')) as State;
  }
}

/** Terraform gives a state that it copies another lineage and serial. */
function same(one: State, other: State): boolean {
  return isDeepStrictEqual(one.resources, other.resources);
}
