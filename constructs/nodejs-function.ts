/** A Lambda function with its role, log group and inline policy, and the alias that APIs invoke. */
import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaAlias } from '@cdktf/provider-aws/lib/lambda-alias';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { Annotations, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { Variable } from '../function/http/variables';
import { isWithinBoundary } from './function-boundary';
import type { FunctionCode } from './function-code';
import { keyStatements } from './key-permissions';
import { createLogGroup } from './log-group';
import { named } from './named';
import { DEFAULT_RUNTIME, type NodeRuntime } from './node-runtime';
import { policyDocument } from './policy-statement';

/** Name of the alias that APIs invoke. A deployment moves it to the new version, and `npm run rollback` to an older one. */
export const LIVE_ALIAS = 'live';

/** Variable with the names of tables. */
const TABLES: Variable = 'TABLE_NAMES';

/** AWS's maximum for the names of functions and roles. */
export const MAX_NAME_CHARACTERS = 64;

export interface NodejsFunctionProps {
  /** The function's name, at most 64 characters. */
  readonly name: string;
  /** The execution role's name, at most 64 characters. */
  readonly roleName: string;
  /** The archive with the code. Several functions can share it. */
  readonly code: FunctionCode;
  /** The service name in the function's log lines, for example `items`. */
  readonly service: string;
  /** The Lambda runtime. @default 'nodejs22.x' */
  readonly runtime?: NodeRuntime;
  /** Memory in MB, 128 to 10,240. Lambda allocates CPU in proportion. */
  readonly memoryMb: number;
  /** Maximum duration of an invocation, in seconds. */
  readonly timeoutSeconds: number;
  /** Lowest level that the function logs: TRACE, DEBUG, INFO, WARN, ERROR or FATAL. */
  readonly logLevel: string;
  /** Days until a log line expires. */
  readonly logRetentionDays: number;
  /** ARN of the role's permissions boundary; empty for none. @default '' */
  readonly permissionsBoundary?: string;
  /**
   * Concurrent invocations that Lambda reserves for the function, which is also the maximum: Lambda throttles more. 100 of the
   * account's concurrency must stay unreserved (Lambda developer guide, "Configuring reserved concurrency").
   * @default no reservation: the function shares the account's concurrency
   */
  readonly reservedConcurrency?: number | undefined;
  /** Whether X-Ray traces the invocations. @default false */
  readonly xrayTracing?: boolean;
  /**
   * Whether CodeDeploy moves the alias to new versions: see `Canary`. Terraform then only creates the alias.
   * @default false: the alias follows in the same apply
   */
  readonly canary?: boolean;
  /** ARN of the customer managed key that encrypts log lines and variables, and tables that the function uses. @default AWS's keys */
  readonly keyArn?: string | undefined;
  /** ARNs of keys, or patterns, that the role may use for its variables and through DynamoDB. @default `keyArn`, if it is set */
  readonly usableKeys?: readonly string[] | undefined;
}

interface Statement {
  readonly actions: string[];
  readonly resources: string[];
}

export class NodejsFunction extends Construct {
  readonly resource: LambdaFunction;
  readonly alias: LambdaAlias;
  /** The permissions for `usableKeys`; undefined without keys. The table depends on them. */
  readonly keyPolicy: IamRolePolicy | undefined;
  private readonly statements: Statement[] = [];
  private readonly environment: Record<string, string> = {};

  constructor(
    scope: Construct,
    private readonly id: string,
    readonly props: NodejsFunctionProps,
  ) {
    super(scope, id);
    this.checkNames();
    // Create the log group before the function. Otherwise Lambda creates one that never expires and that no stack deletes.
    const logGroup = createLogGroup(this, {
      name: `/aws/lambda/${props.name}`,
      retentionDays: props.logRetentionDays,
      keyArn: props.keyArn,
    });
    const role = this.createRole();
    const policy = this.createPolicy(role);
    this.keyPolicy = this.createKeyPolicy(role);
    this.resource = this.createFunction(role, [policy, ...(this.keyPolicy ? [this.keyPolicy] : [])], logGroup);
    this.alias = this.createAlias();
    this.setVariable('POWERTOOLS_SERVICE_NAME' satisfies Variable, props.service);
    this.addPermission(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${logGroup.arn}:*`]);
    // X-Ray supports no narrower resource.
    if (props.xrayTracing) this.addPermission(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
  }

  get name(): string {
    return this.resource.functionName;
  }

  /** Adds a statement to the role's policy. Warns of actions that the boundary of `npm run bootstrap` does not allow. */
  addPermission(actions: readonly string[], resources: readonly string[]): void {
    const outside = this.props.permissionsBoundary ? actions.filter((action) => !isWithinBoundary(action)) : [];
    if (outside.length > 0) {
      Annotations.of(this).addWarning(
        `The permissions boundary of npm run bootstrap does not allow ${outside.join(', ')}: AWS denies these calls of ` +
          `${this.props.name}. Add the actions to constructs/function-boundary.ts, and repeat npm run bootstrap.`,
      );
    }
    this.statements.push({ actions: [...new Set(actions)], resources: [...resources] });
  }

  /** Sets an environment variable of the function. */
  setVariable(name: string, value: string): void {
    this.environment[name] = value;
  }

  /** Adds the name of a table to the environment variable TABLE_NAMES, a list separated by commas. */
  addTable(name: string): void {
    const others = this.environment[TABLES];
    this.setVariable(TABLES, others === undefined ? name : `${others},${name}`);
  }

  private checkNames(): void {
    for (const name of [this.props.name, this.props.roleName]) {
      if (name.length <= MAX_NAME_CHARACTERS) continue;
      throw new Error(
        `The name ${name} has ${name.length} characters; AWS allows ${MAX_NAME_CHARACTERS}. ` +
          'Shorten the name of the contract, or the setting environment or namePrefix.',
      );
    }
  }

  private createRole(): IamRole {
    const trust = new DataAwsIamPolicyDocument(this, 'trust', {
      statement: [
        {
          actions: ['sts:AssumeRole'],
          principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }],
        },
      ],
    });
    const role = new IamRole(this, 'role', {
      name: this.props.roleName,
      assumeRolePolicy: named(trust, `${this.id}_trust`).json,
      ...(this.props.permissionsBoundary && { permissionsBoundary: this.props.permissionsBoundary }),
    });
    return named(role, this.id);
  }

  private createPolicy(role: IamRole): IamRolePolicy {
    const document = new DataAwsIamPolicyDocument(this, 'permissions', {
      statement: Lazy.anyValue({ produce: () => this.statements }) as never,
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: this.props.roleName,
      role: role.name,
      policy: named(document, `${this.id}_permissions`).json,
    });
    return named(policy, this.id);
  }

  /** Creates a policy of its own: the table depends on it, and the other policy depends on the table. */
  private createKeyPolicy(role: IamRole): IamRolePolicy | undefined {
    const { keyArn, name, roleName } = this.props;
    const { usableKeys = keyArn === undefined ? [] : [keyArn] } = this.props;
    if (usableKeys.length === 0) return undefined;
    const statements = keyStatements(usableKeys, [`arn:*:lambda:*:*:function:${name}*`]);
    const document = named(policyDocument(this, 'key-permissions', statements), `${this.id}_key`);
    const policy = new IamRolePolicy(this, 'key-policy', {
      name: `${roleName}-key`,
      role: role.name,
      policy: document.json,
    });
    return named(policy, `${this.id}_key`);
  }

  private createFunction(role: IamRole, policies: IamRolePolicy[], logGroup: CloudwatchLogGroup): LambdaFunction {
    const { props } = this;
    const { code } = props;
    const resource = new LambdaFunction(this, 'function', {
      functionName: props.name,
      role: role.arn,
      runtime: props.runtime ?? DEFAULT_RUNTIME,
      architectures: ['arm64'],
      handler: code.handler,
      filename: code.filename,
      sourceCodeHash: code.hash,
      memorySize: props.memoryMb,
      timeout: props.timeoutSeconds,
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      // Without the block, Terraform would keep the mode of a deployed function: the provider computes a missing block.
      tracingConfig: { mode: props.xrayTracing ? 'Active' : 'PassThrough' },
      // Publishes a version for each change.
      publish: true,
      environment: { variables: Lazy.anyValue({ produce: () => this.environment }) as never },
      ...(props.keyArn !== undefined && { kmsKeyArn: props.keyArn }),
      loggingConfig: {
        logFormat: 'JSON',
        logGroup: logGroup.name,
        applicationLogLevel: props.logLevel,
        systemLogLevel: 'INFO',
      },
      // The policies must exist before the first invocation.
      dependsOn: policies,
    });
    return named(resource, this.id);
  }

  private createAlias(): LambdaAlias {
    const { functionName, version } = this.resource;
    const alias = new LambdaAlias(this, 'alias', {
      name: LIVE_ALIAS,
      functionName,
      functionVersion: version,
      ...(this.props.canary && { lifecycle: { ignoreChanges: ['function_version', 'routing_config'] } }),
    });
    return named(alias, this.id);
  }
}
