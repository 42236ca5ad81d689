/** Accesses the state bucket through the SDK: finds out whether it exists and is in use, and creates the review key. */
import { randomBytes } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { STATE_STACK_KEY } from '../../stacks/names';
import { parseState } from '../terraform/state-text';

const REVIEW_KEY_BYTES = 32;

/** The part of a Terraform state that bootstrap reads. */
export interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type?: string;
    readonly name?: string;
    readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
  }[];
}

export class Bucket {
  private readonly client: S3Client;

  /** @param account the account that must own the bucket; a bucket of another account can have the same name */
  constructor(
    readonly name: string,
    readonly region: string,
    readonly account: string,
  ) {
    // An emulator has no host name for each bucket.
    this.client = new S3Client({ region, forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL']) });
  }

  /** Whether the bucket exists. @throws Error when it belongs to another account, or is in another region */
  async exists(): Promise<boolean> {
    try {
      await this.client.send(new HeadBucketCommand(this.bucketInput()));
      return true;
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 404) return false;
      if (status === 403) {
        throw new Error(
          `The bucket ${this.name} belongs to another account, or its policy denies your credentials (setting stateAdministrators). Choose another name with --bucket, or use the credentials of an administrator.`,
        );
      }
      if (status === 301)
        throw new Error(
          `The bucket ${this.name} is not in the region ${this.region}. Set AWS_REGION to its region, or choose another name.`,
        );
      throw error;
    }
  }

  /** Reads a state. @param key S3 key of the state @returns undefined when the object does not exist */
  async readState(key = STATE_STACK_KEY): Promise<State | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ ...this.bucketInput(), Key: key }));
      return parseState((await Body?.transformToString()) ?? '', `s3://${this.name}/${key}`) as State;
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async deleteState(): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ ...this.bucketInput(), Key: STATE_STACK_KEY }));
  }

  /**
   * Creates the review key, with which the pipeline hashes sensitive values of plans. Writes it as plan-review reads it. Keeps an
   * existing key: a new key would invalidate all reviews that are not deployed yet.
   */
  async createReviewKey(key: string): Promise<void> {
    const body = `${randomBytes(REVIEW_KEY_BYTES).toString('hex')}\n`;
    const input = { ...this.bucketInput(), Key: key, Body: body, IfNoneMatch: '*' };
    try {
      await this.client.send(new PutObjectCommand(input));
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === 'PreconditionFailed') return;
      throw error;
    }
  }

  /** Lists the keys of all objects. */
  async keys(): Promise<string[]> {
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.client }, this.bucketInput()))
      keys.push(...Contents.map(({ Key = '' }) => Key));
    return keys;
  }

  /** Reasons to keep the bucket: states with resources, locks, and objects that are not states. */
  async reasonsToKeep(): Promise<string[]> {
    const reasons: string[] = [];
    for (const key of await this.keys()) {
      if (key === STATE_STACK_KEY || key.endsWith('/review-key')) continue;
      const reason = await this.reasonToKeep(key);
      if (reason !== undefined) reasons.push(`${key}: ${reason}`);
    }
    return reasons;
  }

  private bucketInput(): { Bucket: string; ExpectedBucketOwner: string } {
    return { Bucket: this.name, ExpectedBucketOwner: this.account };
  }

  private async reasonToKeep(key: string): Promise<string | undefined> {
    if (key.endsWith('.tflock')) return 'a lock: Terraform is running, or was killed';
    if (!key.endsWith('.tfstate')) return 'not a state; store it in another place, and delete it here';
    const { resources = [] } = (await this.readState(key)) ?? {};
    const count = resources.filter(({ mode }) => mode === 'managed').length;
    // A destroyed stack leaves an empty state.
    return count === 0 ? undefined : `a state with ${count} resources; destroy its stack first`;
  }
}
