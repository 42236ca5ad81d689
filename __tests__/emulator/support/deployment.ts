/** One deployment of all stacks, with a unique name prefix and state bucket: runs its commands, and reads its resources. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { TERRAFORM_WRAPPER, terraformProgram } from '../../../scripts/terraform/program';
import { clientOptions } from './clients';
import { Inventory, objectKeys } from './inventory';
import { type Environment, ROOT, run, start, type StartedCommand } from './run';
import { DEFAULT_SETTINGS } from './stacks';
import { OUTPUTS, type Target, WORK } from './target';

/** The setting stateBucket in cdktf.json. */
export function configuredBucket(): string | undefined {
  const { context } = JSON.parse(readFileSync(path.join(ROOT, 'cdktf.json'), 'utf8')) as {
    context: { stateBucket?: string };
  };
  return context.stateBucket;
}

/**
 * Settings for the roles that bootstrap creates: for the workflows of the GitHub repository, and for API Gateway's logs. In a real
 * account, it is the repository in cdktf.json, if any. A real account already has an OIDC provider for GitHub, and it can have only
 * one. It can also have a role for API Gateway's logs, which bootstrap would refuse to replace.
 */
const ROLES: Readonly<Record<Target['kind'], Environment>> = {
  emulator: {
    GITHUB_OIDC_REPOSITORY: 'acme/crud',
    GITHUB_OIDC_REPOSITORY_ID: '456789',
    GITHUB_OIDC_OWNER_ID: '123456',
    API_GATEWAY_LOG_ROLE: 'CREATE',
  },
  aws: { GITHUB_OIDC_PROVIDER: 'EXISTING' },
};

interface State {
  readonly resources: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
}

interface CdktfOptions {
  readonly settings?: Environment;
  /** The output folder, below the working folder of the suite. Concurrent commands need different folders. @default out */
  readonly out?: string;
  /** The folder of the app, absolute or relative to the project's folder. @default the project's folder */
  readonly app?: string;
  /** The file to which `deploy` writes the outputs. */
  readonly outputsFile?: string;
}

export class Deployment {
  readonly prefix = `e2e-${randomBytes(2).toString('hex')}`;
  readonly bucket = `cdktf-crud-${this.prefix}-${randomBytes(6).toString('hex')}`;
  private readonly region = process.env['AWS_REGION'] ?? '';
  private readonly settings: Record<string, string>;
  private readonly s3 = new S3Client({ ...clientOptions(), forcePathStyle: 'AWS_ENDPOINT_URL' in process.env });
  private readonly lambda = new LambdaClient(clientOptions());
  private readonly inventory = new Inventory(this.prefix);

  /**
   * @param stacks names of all stacks that the suite deploys
   * @param settings settings of all commands
   */
  constructor(
    private readonly stacks: readonly string[],
    private readonly target: Pick<Target, 'kind'>,
    settings: Environment = DEFAULT_SETTINGS,
  ) {
    this.settings = {
      ...settings,
      ...ROLES[target.kind],
      AWS_REGION: this.region,
      NAME_PREFIX: this.prefix,
      STATE_BUCKET: this.bucket,
      CI: 'true',
    };
  }

  /** Starts `cdktf deploy` or `destroy`. */
  cdktf(
    command: 'deploy' | 'destroy',
    stacks: readonly string[],
    { settings = {}, out = 'out', app = '.', outputsFile = OUTPUTS }: CdktfOptions = {},
  ): StartedCommand {
    const folder = path.join(WORK, out);
    mkdirSync(folder, { recursive: true });
    const outputs = ['--outputs-file', outputsFile, '--outputs-file-include-sensitive-outputs'];
    return start(
      path.join(ROOT, 'node_modules/.bin/cdktf'),
      [
        command,
        ...stacks,
        '--auto-approve',
        '--output',
        folder,
        // A provider mirror does not have the checksums of other platforms.
        ...(process.env['TF_CLI_ARGS_init']?.includes('-plugin-dir') ? ['--skip-provider-lock'] : []),
        ...(command === 'deploy' ? outputs : []),
      ],
      {
        ...this.environment(settings),
        CONTINUOUS_INTEGRATION: '1',
        TERRAFORM_BINARY_NAME: TERRAFORM_WRAPPER,
        WRAPPED_TERRAFORM: terraformProgram(),
      },
      app,
    );
  }

  /** Plans a stack that the last `cdktf` synthesized into `out`. @throws Error with the plan when it has changes, including outputs */
  async expectNoChanges(stack: string, out: string): Promise<void> {
    const folder = path.join(WORK, out, 'stacks', stack);
    const args = [`-chdir=${folder}`, 'plan', '-input=false', '-no-color', '-detailed-exitcode'];
    await run(terraformProgram(), args, this.environment({}));
  }

  /** Runs an npm script. @throws Error with its output when it fails */
  npm(script: string, args: readonly string[] = [], settings: Environment = {}): Promise<string> {
    return run('npm', ['run', '--silent', script, '--', ...args], this.environment(settings));
  }

  /** Starts an npm script. */
  startNpm(script: string, args: readonly string[] = [], settings: Environment = {}): StartedCommand {
    return start('npm', ['run', '--silent', script, '--', ...args], this.environment(settings));
  }

  /** The names of all resources with this deployment's prefix, by kind. */
  resourceNames(): Promise<Record<string, string[]>> {
    return this.inventory.read();
  }

  /** The keys of all objects in a bucket. @param bucket its name @default the state bucket */
  objectKeys(bucket = this.bucket): Promise<string[]> {
    return objectKeys(this.s3, bucket);
  }

  /** The keys of all objects except the review key, which bootstrap creates for the pipeline. */
  async stateKeys(): Promise<string[]> {
    return (await this.objectKeys()).filter((key) => key !== `${this.prefix}/review-key`).sort();
  }

  async locks(): Promise<string[]> {
    return (await this.objectKeys()).filter((key) => key.endsWith('.tflock'));
  }

  /** Puts a small object into the state bucket. */
  async putObject(key: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: key }));
  }

  async deleteObject(key: string): Promise<void> {
    await this.s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  stateKey(stack: string): string {
    return `${this.prefix}/default/${stack}/terraform.tfstate`;
  }

  /** The number of resources in each stack's state. */
  async resourceCounts(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const stack of this.stacks) {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: this.stateKey(stack) }));
      const { resources } = JSON.parse((await Body?.transformToString()) ?? '') as State;
      counts[stack] = resources
        .filter(({ mode }) => mode === 'managed')
        .reduce((count, { instances }) => count + instances.length, 0);
    }
    return counts;
  }

  /** The memory of the function of a stack. */
  async memoryMb(stack: string): Promise<number | undefined> {
    const FunctionName = this.functionName(stack);
    return (await this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).MemorySize;
  }

  /** The name of the function of a stack, from the outputs of the last `cdktf deploy`. */
  functionName(stack: string): string {
    const outputs = JSON.parse(readFileSync(OUTPUTS, 'utf8')) as Record<string, Record<string, string>>;
    return outputs[stack]?.['function_name'] ?? '';
  }

  /** The name of a role of the stack `state`, or of the functions' boundary. */
  pipelineName(part: 'plan' | 'deploy' | 'boundary' | 'logs' | 'preview' | 'preview-boundary'): string {
    return `${this.prefix}-cdktf-serverless-crud-${part}-${this.region}`;
  }

  /**
   * Makes all later commands give function roles the permissions boundary that bootstrap printed.
   * @throws Error without a boundary, except in a real account: without a repository, bootstrap makes none
   */
  useBoundary(printed: string): string {
    const arns = [...printed.matchAll(/arn:aws[\w-]*:iam::\d+:policy\/[\w-]+/g)].map(([arn]) => arn);
    if (this.target.kind === 'aws' && arns.length === 0) return '';
    const arn = arns.find((other) => other.endsWith(`/${this.pipelineName('boundary')}`));
    if (arn === undefined) throw new Error(`Bootstrap printed no boundary:\n${printed}`);
    this.settings['PERMISSIONS_BOUNDARY'] = arn;
    return arn;
  }

  private environment(settings: Environment): Environment {
    return { ...this.settings, ...settings };
  }
}
