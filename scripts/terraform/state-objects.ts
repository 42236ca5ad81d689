/** Reads and deletes objects of the state bucket. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Settings } from '../../stacks/settings';

/** The bucket refused a request, or could not be reached. */
export class StateBucketError extends Error {
  override readonly name = 'StateBucketError';
}

export interface StateObject {
  readonly key: string;
  /** The time of the last change. */
  readonly changedAt: Date;
}

export class StateObjects {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ stateBucket, region }: Pick<Settings, 'stateBucket' | 'region'>) {
    // Turns off the SDK's warning about Node.js 20, which this project supports.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
    this.bucket = stateBucket;
    // An emulator has no host name for each bucket.
    this.client = new S3Client({ region, forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL']) });
  }

  /** Lists the keys that start with a prefix. @throws StateBucketError */
  async keys(prefix: string): Promise<string[]> {
    return (await this.list(prefix)).map(({ key }) => key);
  }

  /** Lists the objects whose keys start with a prefix. @throws StateBucketError */
  async list(prefix: string): Promise<StateObject[]> {
    return this.request(`list ${prefix}`, async () => {
      const objects: StateObject[] = [];
      const pages = paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: prefix });
      for await (const { Contents = [] } of pages)
        objects.push(
          ...Contents.map(({ Key = '', LastModified = new Date() }) => ({ key: Key, changedAt: LastModified })),
        );
      return objects;
    });
  }

  /** Deletes an object. The bucket keeps its old versions. @throws StateBucketError */
  async delete(key: string): Promise<void> {
    await this.request(`delete ${key}`, () =>
      this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key })),
    );
  }

  /** Reads an object. @returns undefined when it does not exist @throws StateBucketError */
  async read(key: string): Promise<string | undefined> {
    return this.request(`read ${key}`, async () => {
      try {
        const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
        return await Body?.transformToString();
      } catch (error) {
        if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    });
  }

  private async request<T>(action: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      const { name, message } = error as Error;
      throw new StateBucketError(
        `Cannot ${action} in the bucket ${this.bucket}: ${name}: ${message}. Check the AWS credentials; npm run bootstrap ` +
          'creates the bucket, and updates the permissions of the roles.',
      );
    }
  }
}
