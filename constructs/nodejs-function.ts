/** A Lambda function with a role, a log group and one inline policy of its own. */
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { FunctionCode } from './function-code';
import { named } from './named';

/** AWS's limit for names of functions and of roles. */
const MOST_NAME_CHARACTERS = 64;

export interface NodejsFunctionProps {
  /** The function's name, at most 64 characters. */
  readonly name: string;
  /** The execution role's name, at most 64 characters. */
  readonly roleName: string;
  readonly code: FunctionCode;
  /** What the function calls itself in its log lines. */
  readonly service: string;
  /** Memory in MB, 128 to 10,240; CPU grows with it. */
  readonly memoryMb: number;
  /** How long an invocation may take, in seconds. */
  readonly timeoutSeconds: number;
  /** The least level that is logged. */
  readonly logLevel: string;
  /** Days that log lines are kept. */
  readonly logRetentionDays: number;
}

interface Statement {
  readonly actions: string[];
  readonly resources: string[];
}

export class NodejsFunction extends Construct {
  readonly resource: LambdaFunction;
  private readonly statements: Statement[] = [];
  private readonly environment: Record<string, string> = {};

  constructor(
    scope: Construct,
    private readonly id: string,
    readonly props: NodejsFunctionProps,
  ) {
    super(scope, id);
    this.checkNames();
    const logGroup = this.createLogGroup();
    const role = this.createRole();
    const policy = this.createPolicy(role);
    this.resource = this.createFunction(role, policy, logGroup);
    this.environment['POWERTOOLS_SERVICE_NAME'] = props.service;
    this.addPermission(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${logGroup.arn}:*`]);
  }

  get name(): string {
    return this.resource.functionName;
  }

  /** Adds a statement to the role's policy. */
  addPermission(actions: readonly string[], resources: readonly string[]): void {
    this.statements.push({ actions: [...new Set(actions)], resources: [...resources] });
  }

  /** Tells the function that it may use a table: the variable TABLE_NAMES has the names, with commas between. */
  addTable(name: string): void {
    const others = this.environment['TABLE_NAMES'];
    this.environment['TABLE_NAMES'] = others === undefined ? name : `${others},${name}`;
  }

  private checkNames(): void {
    for (const name of [this.props.name, this.props.roleName]) {
      if (name.length <= MOST_NAME_CHARACTERS) continue;
      throw new Error(
        `The name ${name} has ${name.length} characters; AWS allows ${MOST_NAME_CHARACTERS}. ` +
          'Shorten the environment or the name prefix.',
      );
    }
  }

  /** Made before the function, so that Lambda does not make one without retention, which would outlive the stack. */
  private createLogGroup(): CloudwatchLogGroup {
    const group = new CloudwatchLogGroup(this, 'log-group', {
      name: `/aws/lambda/${this.props.name}`,
      retentionInDays: this.props.logRetentionDays,
    });
    return named(group, this.id);
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

  private createFunction(role: IamRole, policy: IamRolePolicy, logGroup: CloudwatchLogGroup): LambdaFunction {
    const { props } = this;
    const { code } = props;
    const resource = new LambdaFunction(this, 'function', {
      functionName: props.name,
      role: role.arn,
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: code.handler,
      filename: code.filename,
      sourceCodeHash: code.hash,
      memorySize: props.memoryMb,
      timeout: props.timeoutSeconds,
      environment: { variables: Lazy.anyValue({ produce: () => this.environment }) as never },
      loggingConfig: {
        logFormat: 'JSON',
        logGroup: logGroup.name,
        applicationLogLevel: props.logLevel,
        systemLogLevel: 'INFO',
      },
      // The first invocation must find what it may do.
      dependsOn: [policy],
    });
    return named(resource, this.id);
  }
}
