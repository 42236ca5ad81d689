/** Lets CodeDeploy move the alias `live` of an API's functions to new versions in steps, and back when an alarm starts. */
import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { CodedeployApp } from '@cdktf/provider-aws/lib/codedeploy-app';
import { CodedeployDeploymentGroup } from '@cdktf/provider-aws/lib/codedeploy-deployment-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { CANARY_ALARM_ACTIONS, CANARY_FUNCTION_ACTIONS } from './canary-actions';
import { named } from './named';
import type { NodejsFunction } from './nodejs-function';
import { policyDocument, type Statement } from './policy-statement';

/** AWS's maximum for the names of applications and deployment groups (CodeDeploy API reference). */
export const MAX_APPLICATION_CHARACTERS = 100;

export interface CanaryProps {
  /** Name of the CodeDeploy application, unique in the account and region, at most 100 characters. */
  readonly applicationName: string;
  /** Name of CodeDeploy's role, at most 64 characters. */
  readonly roleName: string;
  /** ARN of the role's permissions boundary; empty for none. */
  readonly permissionsBoundary: string;
  /** A deployment configuration for Lambda. @example 'CodeDeployDefault.LambdaCanary10Percent5Minutes' */
  readonly config: string;
  /** The functions whose alias CodeDeploy moves. Terraform must not move it: see `NodejsFunctionProps.canary`. */
  readonly functions: readonly NodejsFunction[];
  /** Returns the alarms that stop a deployment of a function and move its alias back. CodeDeploy allows 10. */
  readonly alarmsOf: (target: NodejsFunction) => readonly CloudwatchMetricAlarm[];
}

/**
 * Creates the application, and a deployment group for each function: CodeDeploy runs one deployment of a group at a time, and a
 * deployment moves one function (CodeDeploy user guide, "AppSpec resources section for AWS Lambda deployments"). `npm run deploy`
 * starts the deployments.
 */
export class Canary extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CanaryProps,
  ) {
    super(scope, id);
    const { applicationName: name, functions } = props;
    const app = named(new CodedeployApp(this, 'app', { name, computePlatform: 'Lambda' }), 'api');
    const role = this.createRole();
    const policy = this.createPolicy(role);
    for (const target of functions) this.createGroup(target, app, role, policy);
  }

  /** Names the role `code_deploy`: names of functions have no underscore, so no function's role has this name. */
  private createRole(): IamRole {
    const trust = policyDocument(this, 'trust', [
      { actions: ['sts:AssumeRole'], principals: { type: 'Service', identifiers: ['codedeploy.amazonaws.com'] } },
    ]);
    const { roleName: name, permissionsBoundary } = this.props;
    const role = new IamRole(this, 'role', {
      name,
      assumeRolePolicy: named(trust, 'code_deploy_trust').json,
      ...(permissionsBoundary && { permissionsBoundary }),
    });
    return named(role, 'code_deploy');
  }

  private createPolicy(role: IamRole): IamRolePolicy {
    const statements: Statement[] = [
      {
        actions: CANARY_FUNCTION_ACTIONS,
        resources: this.props.functions.flatMap(({ resource, alias }) => [resource.arn, alias.arn]),
      },
      { actions: CANARY_ALARM_ACTIONS, resources: ['*'] },
    ];
    const document = named(policyDocument(this, 'permissions', statements), 'code_deploy_permissions');
    const policy = new IamRolePolicy(this, 'policy', {
      name: this.props.roleName,
      role: role.name,
      policy: document.json,
    });
    return named(policy, 'code_deploy');
  }

  private createGroup(target: NodejsFunction, app: CodedeployApp, role: IamRole, policy: IamRolePolicy): void {
    const { config, alarmsOf } = this.props;
    const group = new CodedeployDeploymentGroup(this, `group ${target.node.id}`, {
      appName: app.name,
      // scripts/canary finds the function of a group by this name.
      deploymentGroupName: target.props.name,
      serviceRoleArn: role.arn,
      deploymentConfigName: config,
      // CodeDeploy accepts only this style for Lambda.
      deploymentStyle: { deploymentOption: 'WITH_TRAFFIC_CONTROL', deploymentType: 'BLUE_GREEN' },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
      alarmConfiguration: { enabled: true, alarms: alarmsOf(target).map(({ alarmName }) => alarmName) },
      dependsOn: [policy],
    });
    named(group, target.node.id);
  }
}
