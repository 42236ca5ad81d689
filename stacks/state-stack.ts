/** Stack `state`: the bucket with all Terraform states, and the roles with which a GitHub repository plans and deploys. */
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { Account } from '../constructs/account';
import { AwsStack } from '../constructs/aws-stack';
import { GithubOidc } from '../constructs/github-oidc';
import { RemoteState } from '../constructs/remote-state';
import { StateBucket } from '../constructs/state-bucket';
import { nameStart, stateKey } from './names';
import { deployPermissions, type PipelineScope, planPermissions } from './pipeline-permissions';
import type { Settings } from './settings';
import type { SystemStack } from './system-stack';
import { PROJECT } from './tags';

/** All environments share this state. Keys of other states have at least three folders. */
const KEY = 'state/terraform.tfstate';

export class StateStack extends AwsStack {
  constructor(
    scope: Construct,
    private readonly settings: Settings,
    /** The stacks that the pipeline deploys. */
    private readonly systems: readonly SystemStack[],
  ) {
    const { region, stateBucket, tags } = settings;
    super(scope, 'state', { region, tags: { ...tags, project: PROJECT } });
    new RemoteState(this, { bucket: stateBucket, region, key: KEY });
    const bucket = new StateBucket(this, 'state', { name: stateBucket });
    new TerraformOutput(this, 'bucket', { value: bucket.name });
    if (settings.githubRepository !== '') this.createRoles(bucket);
  }

  /** The drift check runs on the main branch without approval, and so assumes the role that only reads. */
  private createRoles(bucket: StateBucket): void {
    const { settings } = this;
    const account = new Account(this, 'account', settings.region);
    const github = new GithubOidc(this, 'github', {
      repository: settings.githubRepository,
      account,
      existing: settings.githubOidcProvider === 'EXISTING',
    });
    const permissions = this.scope(bucket, account);
    const plan = github.addRole('plan', {
      name: this.roleName('plan'),
      subjects: ['pull_request', 'ref:refs/heads/main'],
      statements: planPermissions(permissions),
    });
    const deploy = github.addRole('deploy', {
      name: this.roleName('deploy'),
      // Not the main branch as such: any job there could take the role past the approval that the environment asks for.
      subjects: [`environment:${settings.githubEnvironment}`],
      statements: deployPermissions(permissions),
    });
    new TerraformOutput(this, 'plan_role_arn', { value: plan.arn });
    new TerraformOutput(this, 'deploy_role_arn', { value: deploy.arn });
  }

  /** Roles are the account's, buckets and APIs a region's: another region has a bootstrap of its own. */
  private roleName(role: string): string {
    return nameStart(this.settings, `${PROJECT}-${role}-${this.settings.region}`);
  }

  private scope(bucket: StateBucket, account: Account): PipelineScope {
    const starts = (...of: Parameters<SystemStack['nameStarts']>) => [
      ...new Set(this.systems.flatMap((system) => system.nameStarts(...of))),
    ];
    return {
      tables: starts('aws_dynamodb_table'),
      functions: starts('aws_lambda_function', 'functionName'),
      roles: starts('aws_iam_role'),
      logGroups: ['/aws/lambda/', '/aws/vendedlogs/apigateway/'].flatMap((folder) =>
        starts('aws_cloudwatch_log_group', 'name', folder).map((start) => folder + start),
      ),
      stateKeys: this.systems.map(({ node }) => stateKey({ ...this.settings, environment: '*' }, node.id)),
      bucketArn: bucket.arn,
      arn: (service, resource) => account.arn(service, resource),
    };
  }
}
