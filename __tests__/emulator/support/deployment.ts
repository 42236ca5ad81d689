/** One deployment of all stacks, with names and a state bucket of its own: the commands, and what became of it. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { definitions } from '../../../stacks/settings';
import { Inventory, keys } from './inventory';
import { begin, type Environment, ROOT, run, type Started } from './run';
import { OUTPUTS, WORK } from './target';

export const STACKS = ['items', 'manager', 'products'] as const;

/**
 * Every setting at its default, whatever cdktf.json says: what the suite expects follows from them. Of those whose default
 * is nothing cdktf.json has the last word, as an empty variable counts as none.
 */
const DEFAULTS: Environment = Object.fromEntries(
  Object.values(definitions).map(({ variable, default: value }) => [
    variable,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]),
);

/** The bucket that cdktf.json names, if it does. */
export function configuredBucket(): string | undefined {
  const { context } = JSON.parse(readFileSync(path.join(ROOT, 'cdktf.json'), 'utf8')) as {
    context: { stateBucket?: string };
  };
  return context.stateBucket;
}

interface State {
  readonly resources: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
}

export class Deployment {
  readonly prefix = `e2e-${randomBytes(2).toString('hex')}`;
  readonly bucket = `cdktf-crud-${this.prefix}-${randomBytes(6).toString('hex')}`;
  private readonly region = process.env['AWS_REGION'] ?? '';
  private readonly settings: Environment = {
    ...DEFAULTS,
    AWS_REGION: this.region,
    NAME_PREFIX: this.prefix,
    STATE_BUCKET: this.bucket,
    CI: 'true',
  };
  private readonly s3 = new S3Client({ region: this.region, forcePathStyle: 'AWS_ENDPOINT_URL' in process.env });
  private readonly lambda = new LambdaClient({ region: this.region });
  private readonly iam = new IAMClient({ region: this.region });
  private readonly inventory = new Inventory(this.prefix, this.region);

  /** Begins `cdktf deploy` or `destroy`. @param out its folder; two at once need two */
  cdktf(command: 'deploy' | 'destroy', stacks: readonly string[], settings: Environment = {}, out = 'out'): Started {
    const folder = path.join(WORK, out);
    mkdirSync(folder, { recursive: true });
    const outputs = ['--outputs-file', OUTPUTS, '--outputs-file-include-sensitive-outputs'];
    return begin(
      path.join(ROOT, 'node_modules/.bin/cdktf'),
      [
        command,
        ...stacks,
        '--auto-approve',
        '--output',
        folder,
        // With a mirror there is nobody to ask for the checksums of other platforms.
        ...(process.env['TF_CLI_ARGS_init']?.includes('-plugin-dir') ? ['--skip-provider-lock'] : []),
        ...(command === 'deploy' ? outputs : []),
      ],
      {
        ...this.environment(settings),
        CONTINUOUS_INTEGRATION: '1',
        TERRAFORM_BINARY_NAME: path.join(ROOT, 'scripts/terraform/terraform.sh'),
      },
    );
  }

  /** Runs an npm script. @throws Error with its output when it fails */
  npm(script: string, args: readonly string[] = [], settings: Environment = {}): Promise<string> {
    return run('npm', ['run', '--silent', script, '--', ...args], this.environment(settings));
  }

  /** Begins an npm script. */
  beginNpm(script: string, args: readonly string[] = [], settings: Environment = {}): Started {
    return begin('npm', ['run', '--silent', script, '--', ...args], this.environment(settings));
  }

  /** All that carries this deployment's prefix, by kind. */
  left(): Promise<Record<string, string[]>> {
    return this.inventory.read();
  }

  keys(): Promise<string[]> {
    return keys(this.s3, this.bucket);
  }

  async locks(): Promise<string[]> {
    return (await this.keys()).filter((key) => key.endsWith('.tflock'));
  }

  /** Puts a small object into the bucket. */
  async put(key: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: key }));
  }

  async remove(key: string): Promise<void> {
    await this.s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  stateKey(stack: string): string {
    return `${this.prefix}/default/${stack}/terraform.tfstate`;
  }

  /** How many resources Terraform knows of, by stack. */
  async resources(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const stack of STACKS) {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: this.stateKey(stack) }));
      const { resources } = JSON.parse((await Body?.transformToString()) ?? '') as State;
      counts[stack] = resources
        .filter(({ mode }) => mode === 'managed')
        .reduce((count, { instances }) => count + instances.length, 0);
    }
    return counts;
  }

  /** MB of the function of stack `items`. */
  async memory(): Promise<number | undefined> {
    const FunctionName = `${this.prefix}-http-crud-tutorial-function`;
    return (await this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).MemorySize;
  }

  /** The actions that one of the pipeline's roles is granted. */
  async granted(role: 'plan' | 'deploy'): Promise<Set<string>> {
    const name = `${this.prefix}-cdktf-serverless-crud-${role}-${this.region}`;
    const { PolicyDocument = '' } = await this.iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: name }));
    const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as {
      Statement: { Action: string | string[] }[];
    };
    return new Set(Statement.flatMap(({ Action }) => Action));
  }

  private environment(settings: Environment): Environment {
    return { ...this.settings, ...settings };
  }
}
