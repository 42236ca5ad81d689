/** Generates the values that AWS and other providers would generate for a resource: ids, names, ARNs. */
import { createHash } from 'node:crypto';
import type { Settings } from './settings';

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

export class ValueGenerator {
  readonly region: string;
  readonly account: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** The domain of AWS services: `amazonaws.com`. */
  readonly domain: string;

  /**
   * @param seed equal seeds generate equal values
   * @param importedId the id in an import block
   */
  constructor(
    readonly type: string,
    readonly seed: string,
    readonly settings: Settings,
    private readonly importedId?: string,
  ) {
    this.region = settings.region;
    this.account = settings.account;
    this.partition = partitionOf(settings.region);
    this.domain = this.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  }

  /** The id of the resource: 10 lower-case letters and digits, as API Gateway generates ids. */
  get id(): string {
    return this.importedId ?? this.token('id', 10);
  }

  /** @param label equal labels generate equal texts for the same resource */
  token(label: string, length: number, alphabet = LETTERS_AND_DIGITS): string {
    return [...this.bytes(label, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
  }

  hex(label: string, length: number): string {
    return this.token(label, length, '0123456789abcdef');
  }

  uuid(label: string): string {
    const hex = this.hex(label, 32);
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join(
      '-',
    );
  }

  /** The rest of a name after its prefix, as the AWS provider generates it: digits of the time, and a counter. */
  suffix(label = 'name'): string {
    return `20260101000000${this.hex(label, 12)}`;
  }

  bytes(label: string, length: number): Buffer {
    const blocks: Buffer[] = [];
    for (let index = 0; index * 64 < length; index++) {
      blocks.push(createHash('sha512').update(`${this.seed} ${label} ${index}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
  }

  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
  }

  /** The ARN of a resource of a service that has no regions, such as IAM. */
  globalArn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}::${this.account}:${resource}`;
  }

  /** The URI by which API Gateway invokes a function. */
  invokeArn(functionArn: string): string {
    return `arn:${this.partition}:apigateway:${this.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  }

  /** The host name of an API. */
  apiHost(api: unknown): string {
    return `${String(api)}.execute-api.${this.region}.${this.domain}`;
  }
}

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
