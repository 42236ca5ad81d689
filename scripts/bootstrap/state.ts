/** Keeps the state of the stack `state`, which creates the state bucket: first in a file, then in the bucket itself. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LOG_ROLE_ID } from '../../stacks/names';
import { PLAN_FILE } from '../terraform/plans';
import { parseState } from '../terraform/state-text';
import { terraform } from '../terraform/terraform';
import type { Bucket, State } from './bucket';

/** Names of override files: Terraform merges them into the synthesized stack. */
const BACKEND_OVERRIDE = 'backend_override.tf.json';
const DESTROY_OVERRIDE = 'destroy_override.tf.json';

/** Name of a file beside the synthesized stack. Terraform refuses `removed` blocks in override files. */
const FORGET_FILE = 'forget.tf.json';

/** Terraform's address of the settings of API Gateway. */
const LOG_SETTINGS = { type: 'aws_api_gateway_account', name: LOG_ROLE_ID };

/** The place of the state. `file`: an interrupted run left it there. */
export type StateLocation = 'bucket' | 'file' | 'nowhere';

export class BootstrapState {
  private readonly file: string;

  /**
   * @param folder the folder of the synthesized stack
   * @param work the folder for the state file
   */
  constructor(
    readonly folder: string,
    work: string,
    private readonly bucket: Bucket,
  ) {
    this.file = path.join(work, 'terraform.tfstate');
    for (const file of [DESTROY_OVERRIDE, FORGET_FILE]) rmSync(path.join(folder, file), { force: true });
  }

  /**
   * Finds the state: in the bucket, or in the file that an interrupted run left.
   * @throws Error when bucket and file have different states, or the bucket exists but its state does not
   */
  async find(): Promise<StateLocation> {
    const exists = await this.bucket.exists();
    const remote = exists ? await this.bucket.readState() : undefined;
    const local = this.readFile();
    if (remote && local) {
      if (!haveSameResources(remote, local)) {
        throw new Error(
          `The bucket ${this.bucket.name} and the file ${this.file} have different states. ` +
            'Compare both states. Delete the outdated state, or store it in another place.',
        );
      }
      rmSync(this.file);
    }
    if (remote) return 'bucket';
    if (local) return 'file';
    if (!exists) return 'nowhere';
    throw new Error(
      `The bucket ${this.bucket.name} exists, but does not contain the state of the stack that creates it. ` +
        'Choose another name with --bucket. If the bucket is yours and empty, delete it, and repeat the command.',
    );
  }

  /** Makes Terraform use the state in the bucket. */
  async useBucket(): Promise<void> {
    rmSync(path.join(this.folder, BACKEND_OVERRIDE), { force: true });
    await terraform(this.folder, ['init', '-reconfigure', '-no-color']);
  }

  /** Makes Terraform use the state in the file. */
  async useFile(): Promise<void> {
    this.overrideBackend();
    await terraform(this.folder, ['init', '-reconfigure', '-no-color']);
  }

  /** Moves the state from the file into the bucket. Deletes the file once the bucket has the state. */
  async moveToBucket(): Promise<void> {
    rmSync(path.join(this.folder, BACKEND_OVERRIDE), { force: true });
    await terraform(this.folder, ['init', '-migrate-state', '-force-copy', '-no-color']);
    const [remote, local] = [await this.bucket.readState(), this.readFile()];
    if (!remote || !local || !haveSameResources(remote, local)) {
      throw new Error(
        `The bucket ${this.bucket.name} did not receive the state; it is still in the file ${this.file}. Repeat the command.`,
      );
    }
    rmSync(this.file);
    rmSync(`${this.file}.backup`, { force: true });
  }

  /** Moves the state from the bucket into the file. Deletes the object in the bucket once the file exists. */
  async moveToFile(): Promise<void> {
    this.overrideBackend();
    await terraform(this.folder, ['init', '-migrate-state', '-force-copy', '-no-color']);
    if (!this.readFile())
      throw new Error(
        `The file ${this.file} did not receive the state; it is still in the bucket. Repeat the command.`,
      );
    await this.bucket.deleteState();
  }

  /**
   * Returns the ARN of API Gateway's role for logs in the state, if the stack created one.
   * @param location the place of the state
   */
  async logRole(location: StateLocation): Promise<string | undefined> {
    return attributeOf(await this.read(location), 'aws_iam_role', LOG_ROLE_ID, 'arn');
  }

  /** Whether the state has the settings of API Gateway. @param location the place of the state */
  async hasLogSettings(location: StateLocation): Promise<boolean> {
    const { resources = [] } = (await this.read(location)) ?? {};
    return resources.some(({ type, name }) => type === LOG_SETTINGS.type && name === LOG_SETTINGS.name);
  }

  /**
   * Makes the next apply remove the settings of API Gateway from the state: Terraform then neither changes nor resets them. The stack must
   * not contain them.
   */
  forgetLogSettings(): void {
    const { type, name } = LOG_SETTINGS;
    const removed = [{ from: `${type}.${name}`, lifecycle: { destroy: false } }];
    writeFileSync(path.join(this.folder, FORGET_FILE), JSON.stringify({ removed }));
  }

  /** Removes the settings of API Gateway from the state immediately, before a destruction. */
  async removeLogSettings(): Promise<void> {
    await terraform(this.folder, ['state', 'rm', `${LOG_SETTINGS.type}.${LOG_SETTINGS.name}`]);
  }

  private async read(location: StateLocation): Promise<State | undefined> {
    return location === 'bucket' ? this.bucket.readState() : this.readFile();
  }

  /** Plans the changes. @returns the addresses of resources that the plan removes or replaces */
  async plan(): Promise<string[]> {
    await terraform(this.folder, ['plan', '-no-color', `-out=${PLAN_FILE}`], { show: true });
    const { stdout } = await terraform(this.folder, ['show', '-json', PLAN_FILE]);
    const { resource_changes: changes = [] } = JSON.parse(stdout) as {
      resource_changes?: { address: string; change: { actions: string[] } }[];
    };
    return changes.filter(({ change }) => change.actions.includes('delete')).map(({ address }) => address);
  }

  /** Applies the plan. */
  async apply(): Promise<void> {
    await terraform(this.folder, ['apply', '-no-color', PLAN_FILE], { show: true });
  }

  /** Allows Terraform to destroy the buckets with all object versions in them. */
  async unprotect(): Promise<void> {
    const names = this.bucketNames();
    const bucket = { force_destroy: true, lifecycle: { prevent_destroy: false } };
    writeFileSync(
      path.join(this.folder, DESTROY_OVERRIDE),
      JSON.stringify({ resource: { aws_s3_bucket: Object.fromEntries(names.map((name) => [name, bucket])) } }),
    );
    // Destroy reads force_destroy from the state, so it must be applied first.
    const targets = names.map((name) => `-target=aws_s3_bucket.${name}`);
    await terraform(this.folder, ['apply', '-auto-approve', '-no-color', ...targets]);
  }

  /** Terraform's names of the buckets: of the states and, with a pipeline, of the access log. */
  private bucketNames(): string[] {
    const { resource } = JSON.parse(readFileSync(path.join(this.folder, 'cdk.tf.json'), 'utf8')) as {
      resource: { aws_s3_bucket: object };
    };
    return Object.keys(resource.aws_s3_bucket);
  }

  private overrideBackend(): void {
    writeFileSync(
      path.join(this.folder, BACKEND_OVERRIDE),
      JSON.stringify({ terraform: { backend: { local: { path: this.file } } } }),
    );
  }

  private readFile(): State | undefined {
    if (!existsSync(this.file)) return undefined;
    return parseState(readFileSync(this.file, 'utf8'), this.file) as State;
  }
}

/** The attribute of a resource in a state. @returns undefined when the state lacks the resource */
function attributeOf(state: State | undefined, type: string, name: string, attribute: string): string | undefined {
  const found = state?.resources.find((resource) => resource.type === type && resource.name === name);
  const value = found?.instances?.[0]?.attributes?.[attribute];
  return typeof value === 'string' ? value : undefined;
}

/** Compares only the resources: when Terraform copies a state, it changes the lineage and the serial. */
function haveSameResources(remote: State, local: State): boolean {
  return isDeepStrictEqual(remote.resources, local.resources);
}
