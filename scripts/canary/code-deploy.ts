/** Starts, watches and stops CodeDeploy deployments, which move the alias of a function from one version to another. */
import {
  CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { LIVE_ALIAS } from '../versions/live-functions';
import type { CanaryGroup } from './planned-shifts';

/** The statuses of a deployment that has not ended (CodeDeploy API reference, DeploymentInfo). */
const RUNNING = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const;

export interface DeploymentState {
  /** Such as `InProgress`, `Succeeded`, `Failed` or `Stopped`. */
  readonly status: string;
  readonly isRunning: boolean;
  /** Why the deployment failed; empty when CodeDeploy says nothing. */
  readonly reason: string;
  /** The deployment that moves the alias back. */
  readonly rollbackId: string | undefined;
}

type Group = Pick<CanaryGroup, 'application' | 'functionName'>;

export class CodeDeploy {
  private readonly client: CodeDeployClient;

  constructor(region: string) {
    // Turns off the SDK's warning about Node.js 20, which this project supports.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
    this.client = new CodeDeployClient({ region });
  }

  /** @returns the id of the deployment that runs for a function; undefined without one */
  async running({
    application: applicationName,
    functionName: deploymentGroupName,
  }: Group): Promise<string | undefined> {
    const { deployments = [] } = await this.client.send(
      new ListDeploymentsCommand({ applicationName, deploymentGroupName, includeOnlyStatuses: [...RUNNING] }),
    );
    return deployments[0];
  }

  /**
   * Starts to move the alias.
   * @param ignoreAlarms whether alarms neither stop the deployment nor move the alias back
   * @returns the id of the deployment
   */
  async start({ application, functionName }: Group, from: string, to: string, ignoreAlarms = false): Promise<string> {
    const { deploymentId = '' } = await this.client.send(
      new CreateDeploymentCommand({
        applicationName: application,
        deploymentGroupName: functionName,
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec(functionName, from, to) } },
        ...(ignoreAlarms && { overrideAlarmConfiguration: { enabled: false } }),
        description: `npm run deploy: ${functionName} from version ${from} to ${to}`,
      }),
    );
    return deploymentId;
  }

  async state(deploymentId: string): Promise<DeploymentState> {
    const { deploymentInfo: info = {} } = await this.client.send(new GetDeploymentCommand({ deploymentId }));
    const { status = '', errorInformation: error, rollbackInfo } = info;
    return {
      status,
      isRunning: RUNNING.some((running) => running === status),
      reason: [error?.code, error?.message].filter((part) => part !== undefined).join(': '),
      rollbackId: rollbackInfo?.rollbackDeploymentId,
    };
  }

  /** Stops a deployment. The alias then keeps both versions, so the caller must move it. */
  async stop(deploymentId: string): Promise<void> {
    await this.client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: false }));
  }
}

/** Makes the AppSpec of a deployment (CodeDeploy user guide, "AppSpec 'resources' section for AWS Lambda deployments"). */
function appSpec(functionName: string, from: string, to: string): string {
  const properties = { Name: functionName, Alias: LIVE_ALIAS, CurrentVersion: from, TargetVersion: to };
  const resource = { Type: 'AWS::Lambda::Function', Properties: properties };
  return JSON.stringify({ version: 0.0, Resources: [{ [functionName]: resource }] });
}
