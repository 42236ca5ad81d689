/** The state bucket, asked through the SDK: is it there, what is in it, and does anybody still need that. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

/** The key of the state stack's own state; `stacks/state-stack.ts` has it too, and a test compares them. */
export const OWN_KEY = 'state/terraform.tfstate';

/** The part of a Terraform state that matters here. */
export interface State {
  readonly resources: readonly { readonly mode: string }[];
}

export class Bucket {
  private readonly client: S3Client;

  constructor(
    readonly name: string,
    readonly region: string,
    /** Whose it has to be: names are known to all, and a stranger may have made a bucket of the name. */
    private readonly account: string,
  ) {
    // Buckets as host names are for AWS alone.
    this.client = new S3Client({ region, forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL']) });
  }

  /** @throws Error when the bucket is somebody else's, or in another region */
  async exists(): Promise<boolean> {
    try {
      await this.client.send(new HeadBucketCommand(this.owned()));
      return true;
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 404) return false;
      if (status === 403) {
        throw new Error(`The bucket ${this.name} belongs to another account, or may not be read; choose another name.`);
      }
      if (status === 301) throw new Error(`The bucket ${this.name} is in another region than ${this.region}.`);
      throw error;
    }
  }

  /** A state, or undefined when there is no such object. */
  async state(key = OWN_KEY): Promise<State | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ ...this.owned(), Key: key }));
      return JSON.parse((await Body?.transformToString()) ?? '') as State;
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async deleteState(): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ ...this.owned(), Key: OWN_KEY }));
  }

  /** Why the bucket may not go: states that still have resources, locks, and whatever is no state. */
  async inUse(): Promise<string[]> {
    const reasons: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.client }, this.owned())) {
      for (const { Key = '' } of Contents) {
        if (Key === OWN_KEY) continue;
        const reason = await this.needed(Key);
        if (reason !== undefined) reasons.push(`${Key}: ${reason}`);
      }
    }
    return reasons;
  }

  private owned(): { Bucket: string; ExpectedBucketOwner: string } {
    return { Bucket: this.name, ExpectedBucketOwner: this.account };
  }

  private async needed(key: string): Promise<string | undefined> {
    if (key.endsWith('.tflock')) return 'a lock: Terraform is at work, or was ended there';
    if (!key.endsWith('.tfstate')) return 'no state; what is it for?';
    const { resources = [] } = (await this.state(key)) ?? {};
    const count = resources.filter(({ mode }) => mode === 'managed').length;
    // A destroyed stack leaves an empty state.
    return count === 0 ? undefined : `a state with ${count} resources; destroy its stack first`;
  }
}
