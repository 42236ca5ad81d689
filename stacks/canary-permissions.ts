/** Makes the statements of the pipeline's roles for the setting `canary`: applications and deployment groups of CodeDeploy. */
import type { Statement } from '../constructs/policy-statement';
import { type Actions, type NamedScope, type SelectActions, selectedActions } from './pipeline-actions';

const APPLICATIONS: Actions = {
  read: ['GetApplication', 'ListTagsForResource'],
  write: [
    ...['CreateApplication', 'DeleteApplication', 'UpdateApplication', 'TagResource', 'UntagResource'],
    // CreateDeployment needs both (CodeDeploy user guide, "CodeDeploy permissions reference").
    ...['GetApplicationRevision', 'RegisterApplicationRevision'],
  ],
};

const GROUPS: Actions = {
  read: ['GetDeploymentGroup', 'ListTagsForResource'],
  write: [
    ...['CreateDeploymentGroup', 'DeleteDeploymentGroup', 'UpdateDeploymentGroup', 'TagResource', 'UntagResource'],
    ...['CreateDeployment', 'GetDeployment', 'ListDeployments', 'StopDeployment'],
  ],
};

const CONFIGURATIONS: Actions = { read: [], write: ['GetDeploymentConfig'] };

/** Makes the statements of a role. @param select picks the actions that the role may call */
export function canaryStatements({ arn, namesStart }: NamedScope, select: SelectActions): Statement[] {
  const statements = [
    ['CanaryApplications', APPLICATIONS, `application:${namesStart}*`],
    ['CanaryGroups', GROUPS, `deploymentgroup:${namesStart}*`],
    ['CanaryConfigurations', CONFIGURATIONS, 'deploymentconfig:CodeDeployDefault.Lambda*'],
  ] as const;
  return statements
    .map(([sid, actions, resource]) => ({
      sid,
      actions: selectedActions('codedeploy', actions, select),
      resources: [arn('codedeploy', resource)],
    }))
    .filter(({ actions }) => actions.length > 0);
}
