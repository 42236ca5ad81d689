/** Stack `state`: the bucket for the states of all stacks, the roles of the GitHub workflows, and API Gateway's role for logs. */
import { Annotations, TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { Account } from '../constructs/account';
import { ApiGatewayLogRole } from '../constructs/api-gateway-log-role';
import { AwsStack } from '../constructs/aws-stack';
import { FunctionBoundary } from '../constructs/function-boundary';
import { GithubOidc, issuerHasClaims } from '../constructs/github-oidc';
import { RemoteState } from '../constructs/remote-state';
import { type BucketGuard, StateBucket } from '../constructs/state-bucket';
import { boundaryKeysOf } from './encryption';
import {
  LOG_ROLE_ID,
  metricsNamespace,
  pipelineName,
  reviewKeyName,
  STATE_STACK,
  STATE_STACK_KEY,
  stateKey,
} from './names';
import { featurePermissions } from './feature-permissions';
import { deployPermissions, type PipelineScope, planPermissions } from './pipeline-permissions';
import { createPreviewRole } from './preview-role';
import { hasPreviews, PREVIEW_ROLE } from './previews';
import { PREFIX_TAG, type Settings } from './settings';
import { PROJECT } from './tags';

/** The branch that the pipeline deploys. */
const MAIN_REF = 'refs/heads/main';

export class StateStack extends AwsStack {
  constructor(
    scope: Construct,
    private readonly settings: Settings,
  ) {
    const { region, stateBucket, stateKmsKey: kmsKey, tags } = settings;
    super(scope, STATE_STACK, { region, tags: { ...tags, project: PROJECT } });
    new RemoteState(this, { bucket: stateBucket, region, key: STATE_STACK_KEY, kmsKey });
    const hasPipeline = settings.githubRepository !== '';
    const isGuarded = hasPipeline || settings.stateAdministrators.length > 0;
    const createsLogRole = settings.apiGatewayLogRole === 'CREATE';
    const account = isGuarded || createsLogRole ? new Account(this, 'account', region) : undefined;
    const guard = isGuarded && account ? this.bucketGuard(account) : undefined;
    const bucket = new StateBucket(this, 'state', { name: stateBucket, kmsKey, guard });
    new TerraformOutput(this, 'bucket', { value: bucket.name });
    if (createsLogRole && account)
      new ApiGatewayLogRole(this, LOG_ROLE_ID, { name: pipelineName(settings, 'logs'), account });
    if (hasPipeline && account) this.createPipeline(bucket, account);
  }

  /** Admits the pipeline's roles and the administrators to the state bucket. */
  private bucketGuard(account: Account): BucketGuard {
    const { stateAdministrators, githubRepository, previews } = this.settings;
    const roles = githubRepository === '' ? [] : ['plan', 'deploy', ...(hasPreviews(previews) ? [PREVIEW_ROLE] : [])];
    const roleArns = roles.map((role) => account.arn('iam', `role/${pipelineName(this.settings, role)}`));
    return { account, principals: [...roleArns, ...stateAdministrators] };
  }

  /** Creates the roles `plan`, which only reads, `deploy` and, if set, `preview`, and the boundaries of the roles that they create. */
  private createPipeline(bucket: StateBucket, account: Account): void {
    const { settings } = this;
    const boundary = new FunctionBoundary(this, 'function_boundary', {
      name: pipelineName(settings, 'boundary'),
      namesStart: `${settings.namePrefix}-`,
      account,
      keyArns: boundaryKeysOf(settings, account),
      backup: settings.backup,
      canary: settings.canary !== 'NONE',
    });
    this.warnOfMissingSettings();
    const github = this.createOidc(account);
    const scope = this.pipelineScope(bucket, account);
    const plan = github.addRole('plan', {
      name: pipelineName(settings, 'plan'),
      // The drift check runs on the main branch, without approval.
      subjects: ['pull_request', `ref:${MAIN_REF}`],
      statements: planPermissions(scope),
    });
    const deploy = github.addRole('deploy', {
      name: pipelineName(settings, 'deploy'),
      // Not the subject `ref:refs/heads/main`: any job on the main branch could then assume the role without the approval.
      subjects: [`environment:${settings.githubEnvironment}`],
      ref: MAIN_REF,
      statements: deployPermissions(scope),
      features: { name: pipelineName(settings, 'features'), statements: featurePermissions(scope) },
    });
    new TerraformOutput(this, 'plan_role_arn', { value: plan.arn });
    new TerraformOutput(this, 'deploy_role_arn', { value: deploy.arn });
    new TerraformOutput(this, 'permissions_boundary', { value: boundary.arn });
    if (!hasPreviews(settings.previews)) return;
    const preview = createPreviewRole(this, { settings, account, github, bucketArn: bucket.arn, pipeline: scope });
    new TerraformOutput(this, 'preview_role_arn', { value: preview });
  }

  /** Warns when a setting that the pipeline needs is missing. `npm run bootstrap` finds the values. */
  private warnOfMissingSettings(): void {
    // Bootstrap passes the settings of an account of previews: cdktf.json is for the other account.
    if (this.settings.previews === 'OWN_ACCOUNT') return;
    const effects = {
      stateAdministrators:
        "The policy of the state bucket would admit only the pipeline's roles and the root user, and the drift check would " +
        'report it each night.',
      permissionsBoundary: 'The deploy role creates no role without the permissions boundary.',
    } as const;
    for (const [name, effect] of Object.entries(effects)) {
      if (this.settings[name as keyof typeof effects].length > 0) continue;
      Annotations.of(this).addWarning(`${effect} Set ${name} in cdktf.json: npm run bootstrap prints it.`);
    }
  }

  private createOidc(account: Account): GithubOidc {
    const { githubRepository, githubRepositoryId, githubOwnerId, githubOidcIssuer, githubOidcProvider } = this.settings;
    if (issuerHasClaims(githubOidcIssuer) && githubRepositoryId === '') {
      Annotations.of(this).addWarning(
        `The roles would trust the name ${githubRepository}, whoever owns it later. Set githubRepositoryId and githubOwnerId in ` +
          'cdktf.json: npm run bootstrap finds and prints them.',
      );
    }
    return new GithubOidc(this, 'github', {
      repository: githubRepository,
      repositoryId: githubRepositoryId,
      ownerId: githubOwnerId,
      issuer: githubOidcIssuer,
      account,
      existing: githubOidcProvider === 'EXISTING',
    });
  }

  private pipelineScope(bucket: StateBucket, account: Account): PipelineScope {
    const { settings } = this;
    const { namePrefix, githubOidcIssuer, stateKmsKey, region, domain, hostedZone } = settings;
    return {
      namesStart: `${namePrefix}-`,
      project: PROJECT,
      tag: { key: PREFIX_TAG, value: namePrefix },
      boundaryArn: account.arn('iam', `policy/${pipelineName(settings, 'boundary')}`),
      providerArn: account.arn('iam', `oidc-provider/${githubOidcIssuer}`),
      bucketArns: bucket.bucketArns,
      statesArn: `${bucket.arn}/${stateKey(settings, '*')}`,
      pipelineStateArn: `${bucket.arn}/${STATE_STACK_KEY}`,
      reviewKeyArn: `${bucket.arn}/${reviewKeyName(settings)}`,
      stateKmsKey,
      featuresArn: account.arn('iam', `policy/${pipelineName(settings, 'features')}`),
      metricsNamespace: settings.alarmEmail === '' ? '' : metricsNamespace(settings),
      ...{ region, domain, hostedZone },
      kmsKey: settings.kmsKey,
      backup: settings.backup,
      canary: settings.canary !== 'NONE',
      readsApiGatewaySettings: settings.apiGatewayLogRole === 'CREATE',
      arn: (service, resource) => account.arn(service, resource),
    };
  }
}
