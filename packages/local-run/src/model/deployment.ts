/** The deployment of one stack as plain data: its tables, functions, roles and APIs. */
import type { FunctionUrlDeployment } from './function-url';
import type { HttpApiDeployment } from './http-api';
import type { NotSimulated } from './not-simulated';
import type { Statement } from './policy';
import type { RestApiDeployment } from './rest-api';
import type { TableDeployment, TableItemDeployment } from './table';

export type * from './api';
export type * from './authorization';
export type * from './function-url';
export type * from './http-api';
export * from './rest-api';
export type * from './table';

/** A zip file with code. */
export interface Archive {
  /** Absolute path of the archive, or its content. */
  readonly archive: string | Uint8Array;
  /** SHA-256 of the archive, in base64. */
  readonly archiveHash: string;
}

export interface FunctionDeployment extends Archive {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly region: string;
  readonly runtime: string;
  /** The version that an alias or a version leads to. Invocations without a qualifier report $LATEST. @default $LATEST */
  readonly version?: string | undefined;
  readonly handler: string;
  /** Layers in their order: a file of a later layer replaces the same file of an earlier layer. @default none */
  readonly layers?: readonly Archive[];
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** Maximum number of concurrent instances. Undefined: the function has no limit. */
  readonly reservedConcurrency?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: string;
  readonly logLevel: string | undefined;
}

/** A role with the DynamoDB statements of its policies. */
export interface RoleDeployment {
  readonly name: string;
  readonly arn: string;
  /** The role's policies: addresses such as `aws_iam_role_policy.function`, and ARNs of AWS managed policies. */
  readonly policies: readonly string[];
  readonly statements: readonly Statement[];
  /** The statements of the permissions boundary. A call needs a permission in both lists. @default no boundary */
  readonly boundary?: readonly Statement[];
  /** Allowed actions of services other than DynamoDB. The local run does not emulate these services. */
  readonly otherActions: readonly string[];
  /** Which routes and function URLs with AWS_IAM the role may call. @default none */
  readonly apiPermissions?: ApiPermissions;
}

/** The statements of a role's policies about `execute-api` and `lambda`. */
export interface ApiPermissions {
  readonly statements: readonly Statement[];
  /** The statements of the permissions boundary. @default no boundary */
  readonly boundary?: readonly Statement[];
  /** Present: the local run cannot evaluate these parts of the policies, so signed requests with the role are answered with 501. */
  readonly notSimulated?: readonly NotSimulated[];
}

/** A resource in Terraform. The lines of a reload compare it with the same resource before the reload. */
export interface ResourceDeployment {
  /** `module.api.aws_lambda_function.this["list"]`. */
  readonly address: string;
  readonly type: string;
  /** The attributes that the configuration sets, as far as the local run uses them. */
  readonly configured: Readonly<Record<string, unknown>>;
  /** All attributes: those that the configuration sets, and those that AWS generates. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

export type ApiDeployment = HttpApiDeployment | RestApiDeployment | FunctionUrlDeployment;

export interface Deployment {
  readonly stack: string;
  readonly tables: readonly TableDeployment[];
  /** The items that the stack puts into tables. */
  readonly tableItems?: readonly TableItemDeployment[];
  readonly functions: readonly FunctionDeployment[];
  /** All roles of the stack. */
  readonly roles: readonly RoleDeployment[];
  readonly apis: readonly ApiDeployment[];
  /** The simulated resources. @default none */
  readonly resources?: readonly ResourceDeployment[];
  /** The base URL of each API, without its stage, by the Terraform address of the API. */
  readonly apiUrls?: Readonly<Record<string, string>>;
  /** The resources that have no effect on one machine, as phrases: `6 alarms`. */
  readonly inert: readonly string[];
  /** The parts of the Terraform that decide about responses and are not simulated. */
  readonly notSimulated: readonly NotSimulated[];
  /** The outputs that are known on this machine, including sensitive outputs: the outputs file contains them. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The names of the outputs that people and logs see as `<sensitive>`. @default none */
  readonly sensitiveOutputs?: readonly string[];
  /** The values of data sources that only the account has, as far as the stack uses them. @default none */
  readonly madeUp?: readonly MadeUpValue[];
}

/** A value that the local run made up, because only the account has it. */
export interface MadeUpValue {
  /** `data.aws_ssm_parameter.limit`. */
  readonly address: string;
  readonly attribute: string;
  /** The made-up value as text. Often empty. */
  readonly value: string;
}
