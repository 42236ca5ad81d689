/** Stack `state`: the bucket for the Terraform states of all stacks, and the roles of the GitHub workflows. */
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { Account } from '../constructs/account';
import { AwsStack } from '../constructs/aws-stack';
import { GithubOidc } from '../constructs/github-oidc';
import { RemoteState } from '../constructs/remote-state';
import { StateBucket } from '../constructs/state-bucket';
import type { CrudStack } from './crud-stack';
import { nameStem, stateKey } from './names';
import { deployPermissions, type PipelineScope, planPermissions } from './pipeline-permissions';
import type { Settings } from './settings';
import { PROJECT } from './tags';

/** S3 key of this stack's state, for all environments. Keys from `stateKey` have three folders, so none equals it. */
const STATE_KEY = 'state/terraform.tfstate';

export class StateStack extends AwsStack {
  constructor(
    scope: Construct,
    private readonly settings: Settings,
    /** Stacks that the pipeline deploys. */
    private readonly apis: readonly CrudStack[],
  ) {
    const { region, stateBucket, tags } = settings;
    super(scope, 'state', { region, tags: { ...tags, project: PROJECT } });
    new RemoteState(this, { bucket: stateBucket, region, key: STATE_KEY });
    const bucket = new StateBucket(this, 'state', { name: stateBucket });
    new TerraformOutput(this, 'bucket', { value: bucket.name });
    if (settings.githubRepository !== '') this.createRoles(bucket);
  }

  /** Creates the roles `plan`, which only reads, and `deploy`. */
  private createRoles(bucket: StateBucket): void {
    const { settings } = this;
    const account = new Account(this, 'account', settings.region);
    const github = new GithubOidc(this, 'github', {
      repository: settings.githubRepository,
      account,
      existing: settings.githubOidcProvider === 'EXISTING',
    });
    const scope = this.pipelineScope(bucket, account);
    const plan = github.addRole('plan', {
      name: this.roleName('plan'),
      // The drift check runs on the main branch, without approval.
      subjects: ['pull_request', 'ref:refs/heads/main'],
      statements: planPermissions(scope),
    });
    const deploy = github.addRole('deploy', {
      name: this.roleName('deploy'),
      // Not `ref:refs/heads/main`: any job on the main branch could then assume the role without the environment's approval.
      subjects: [`environment:${settings.githubEnvironment}`],
      statements: deployPermissions(scope),
    });
    new TerraformOutput(this, 'plan_role_arn', { value: plan.arn });
    new TerraformOutput(this, 'deploy_role_arn', { value: deploy.arn });
  }

  /** Makes the name of a role. It contains the region, because IAM is global and each region has a stack `state`. */
  private roleName(role: string): string {
    return nameStem(this.settings, `${PROJECT}-${role}-${this.settings.region}`);
  }

  private pipelineScope(bucket: StateBucket, account: Account): PipelineScope {
    const stems = (...search: Parameters<CrudStack['nameStems']>) => [
      ...new Set(this.apis.flatMap((stack) => stack.nameStems(...search))),
    ];
    return {
      tables: stems('aws_dynamodb_table'),
      itemsExpire: this.apis.some(({ api }) => api.table.expires),
      functions: stems('aws_lambda_function', 'functionName'),
      roles: stems('aws_iam_role'),
      logGroups: ['/aws/lambda/', '/aws/vendedlogs/apigateway/'].flatMap((folder) =>
        stems('aws_cloudwatch_log_group', 'name', folder).map((stem) => folder + stem),
      ),
      stateKeys: this.apis.map(({ node }) => stateKey({ ...this.settings, environment: '*' }, node.id)),
      bucketArn: bucket.arn,
      arn: (service, resource) => account.arn(service, resource),
    };
  }
}
