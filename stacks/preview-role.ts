/** Creates the role of the workflows that deploy and destroy previews, and the boundary of the roles in previews. */
import type { Construct } from 'constructs';
import type { Account } from '../constructs/account';
import { FunctionBoundary } from '../constructs/function-boundary';
import type { GithubOidc } from '../constructs/github-oidc';
import { pipelineName, stateKey } from './names';
import type { PipelineScope } from './pipeline-permissions';
import { previewNamesStart, previewPermissions } from './preview-permissions';
import { PREVIEW_BOUNDARY, PREVIEW_ENVIRONMENTS, PREVIEW_GITHUB_ENVIRONMENT, PREVIEW_ROLE } from './previews';
import type { Settings } from './settings';

export interface PreviewRoleProps {
  readonly settings: Settings;
  readonly account: Account;
  readonly github: GithubOidc;
  /** ARN of the state bucket. */
  readonly bucketArn: string;
  readonly pipeline: PipelineScope;
}

/** @returns the ARN of the role */
export function createPreviewRole(
  scope: Construct,
  { settings, account, github, bucketArn, pipeline }: PreviewRoleProps,
): string {
  new FunctionBoundary(scope, 'preview_boundary', {
    name: pipelineName(settings, PREVIEW_BOUNDARY),
    namesStart: previewNamesStart(settings.namePrefix),
    account,
  });
  const states = stateKey({ ...settings, environment: PREVIEW_ENVIRONMENTS }, '*');
  const role = github.addRole('preview', {
    name: pipelineName(settings, PREVIEW_ROLE),
    subjects: [`environment:${PREVIEW_GITHUB_ENVIRONMENT}`],
    statements: previewPermissions({
      pipeline,
      // Not the attribute of the resource, so that the policy is known in the plan.
      boundaryArn: account.arn('iam', `policy/${pipelineName(settings, PREVIEW_BOUNDARY)}`),
      statesArn: `${bucketArn}/${states}`,
      hasOwnAccount: settings.previews === 'OWN_ACCOUNT',
    }),
  });
  return role.arn;
}
