/** The options of `start`, and the run that it returns. */
import type { Reload } from './engine/watch';
import type { AwsCall } from './model/aws-call';
import type { Deployment } from './model/deployment';
import type { DynamodbCall } from './model/dynamodb-call';
import type { RequestLog } from './services/api-gateway/server';
import type { IssuedToken, TokenRequest } from './services/tokens/issue';
import type { ScalingMode } from './services/lambda/scaling';

export interface StartOptions {
  /** The folder of a CDKTF app, with its cdktf.json, or of Terraform files. @default the current folder */
  readonly folder?: string;
  /** Port of the first API; each further API has the next port. 0: any free ports. */
  readonly port: number;
  /**
   * A file for the outputs, in the format of `cdktf deploy --outputs-file`. For Terraform files, the file also has `apis`: the base
   * address of each API, without its stage, by the name of the API. `start` writes the file when the APIs are ready.
   */
  readonly outputsFile?: string | undefined;
  /** Names of the stacks to serve. @default all stacks that have an API */
  readonly only?: readonly string[] | undefined;
  /** A folder that keeps the tables. @default the tables are in memory */
  readonly data?: string | undefined;
  /** The URL of a running DynamoDB. @default `start` starts dynalite */
  readonly dynamodbEndpoint?: string | undefined;
  /** Options for Terraform files. A CDKTF app refuses them. */
  readonly terraform?: TerraformOptions;
  /**
   * Whether to end the start when a resource decides about responses and is not simulated. @default false: its routes answer 501
   */
  readonly strict?: boolean;
  /** The URL of an emulator of AWS for calls of functions to services other than DynamoDB. @default these calls fail */
  readonly awsEndpoint?: string | undefined;
  /** Variables for the app or for Terraform, in addition to the variables of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder of an earlier synth: see `synth`. @default `start` synthesizes the app */
  readonly synthesized?: string;
  /** Whether to use the synth output of an earlier run if no input of the app has changed. @default true */
  readonly cache?: boolean;
  /** Whether to synthesize and apply saved changes. @default false */
  readonly watch?: boolean;
  /**
   * The port of the inspector of Node.js, for debuggers. With an inspector, functions and integrations have no timeouts. 0: any free
   * port. @default the run has no inspector
   */
  readonly inspect?: number | undefined;
  /** Called after each request to an API. */
  readonly onRequest?: (log: RequestLog) => void;
  /** Called for each call of a function to DynamoDB, with the decision of its role's policies. */
  readonly onCall?: (call: DynamodbCall) => void;
  /** Called for each call of a function to a service that the run does not simulate, unless `awsEndpoint` is set. */
  readonly onAwsCall?: (call: AwsCall) => void;
  /** Called for each line that a function logs, with the request id of the invocation. */
  readonly onLog?: (functionName: string, line: string, requestId?: string) => void;
  /** Whether to log START, END and REPORT of every invocation, as Lambda does. @default false: only failed invocations */
  readonly platformLog?: boolean;
  /**
   * When a function starts another instance. `requests`: for each request that finds no idle instance, as in Lambda. `cores`:
   * the same, but at most as many instances as cores plus one compute at a time. @default cores
   */
  readonly instances?: ScalingMode;
  /** Called after each reload, with the deployments that the run then serves. */
  readonly onReload?: (reload: Reload, deployments: readonly Deployment[]) => void;
  /** Called after each synth with the text that the app printed, for example warnings. The synth cache keeps the text. */
  readonly onAppOutput?: (text: string) => void;
  /** Called with the text of each error in the local run itself. */
  readonly onFault?: (text: string) => void;
  /** Starts the console page. @default the run has no console page */
  readonly console?: ConsoleOptions | undefined;
  /** Aborts the start. */
  readonly signal?: AbortSignal | undefined;
}

export interface TerraformOptions {
  /** Values of variables: `name=value`, as for `terraform -var`. @default none */
  readonly variables?: readonly string[];
  /** Files with values of variables, as for `terraform -var-file`. Relative paths are relative to the current folder. @default none */
  readonly variableFiles?: readonly string[];
  /** The workspace. @default TF_WORKSPACE, or the workspace that `terraform workspace select` selected */
  readonly workspace?: string | undefined;
  /** Whether to run provisioners, which are commands of the project. @default false */
  readonly provisioners?: boolean;
}

export interface ConsoleOptions {
  /** Port of the console page. 0: any free port. */
  readonly port: number;
  /** Whether to use any free port if `port` is taken. @default false */
  readonly fallback?: boolean;
}

export interface Running {
  /** The stacks that the run serves at the moment. */
  readonly deployments: readonly Deployment[];
  /** The URL of the console page. */
  readonly page: string | undefined;
  /** The WebSocket URL of the inspector. Undefined: the run has none. */
  readonly inspector: string | undefined;
  /**
   * Invokes a function without an API, as `aws lambda invoke` does. During a reload, it waits for the reload.
   * @param event the event, as the handler gets it
   * @returns the handler's result, after a round trip through JSON
   * @throws InvocationError when the invocation fails, with the `errorType` and `message` that Lambda reports
   * @throws Error when no stack has the function
   */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /**
   * Issues a token that the routes of a stack accept.
   * @throws TokenRequestError when no issuer, or more than one, fits the request
   * @example
   * const { token } = await run.issueToken({ sub: 'alice', scopes: ['notes:write'] });
   */
  issueToken(request?: TokenRequest): Promise<IssuedToken>;
  /** Stops the run immediately, even with pending requests. */
  stop(): Promise<void>;
}
