/** Roles that GitHub workflows assume with OpenID Connect, without stored AWS keys. */
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import type { Account } from './account';
import { named } from './named';
import { type Conditions, policyDocument, type Statement } from './policy-statement';

const AUDIENCE = 'sts.amazonaws.com';

/**
 * Matches the issuers whose claims have condition keys in AWS: github.com, an enterprise with its own issuer, and ghe.com (Service
 * Authorization Reference, "Condition keys for AWS Security Token Service"). For Enterprise Server, AWS has condition keys only for
 * `aud` and `sub`.
 */
const ISSUERS_WITH_CLAIMS = /^token\.actions\.(githubusercontent\.com(\/[^/]+)?|[a-z0-9-]+\.ghe\.com)$/;

export interface GithubOidcProps {
  /** The repository as `owner/name`. */
  readonly repository: string;
  /** The id of the repository at GitHub. Empty if AWS cannot check it: see `issuerHasClaims`. */
  readonly repositoryId: string;
  /** The id of the repository's owner at GitHub; empty like `repositoryId`. */
  readonly ownerId: string;
  /** The issuer of GitHub's tokens, without `https://`. */
  readonly issuer: string;
  readonly account: Account;
  /** Whether the account already has an OIDC provider for the issuer. An account can have only one for each issuer. */
  readonly existing: boolean;
}

export interface GithubRoleProps {
  readonly name: string;
  /**
   * Workflow runs that may assume the role. Each subject is the last part of the token's subject, for example `pull_request`,
   * `ref:refs/heads/main` or `environment:production` (GitHub, "OpenID Connect reference", "Example subject claims").
   */
  readonly subjects: readonly string[];
  /** The Git ref of the run, for subjects that do not contain it. @default any ref @example 'refs/heads/main' */
  readonly ref?: string;
  readonly statements: readonly Statement[];
  /** Statements of a second policy, which does not count towards the 10,240 characters of inline policies. @default none */
  readonly features?: { readonly name: string; readonly statements: readonly Statement[] };
}

/** Whether AWS can check the id of the repository in the tokens of an issuer. */
export function issuerHasClaims(issuer: string): boolean {
  return ISSUERS_WITH_CLAIMS.test(issuer);
}

export class GithubOidc extends Construct {
  /** The ARN of the account's OIDC provider for the issuer. */
  readonly providerArn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GithubOidcProps,
  ) {
    super(scope, id);
    const { existing, account, issuer } = props;
    this.providerArn = existing ? account.arn('iam', `oidc-provider/${issuer}`) : this.createProvider().arn;
  }

  /** Creates a role for workflow runs of the repository. */
  addRole(id: string, { name, statements, features, ...runs }: GithubRoleProps): IamRole {
    const trust: Statement = {
      actions: ['sts:AssumeRoleWithWebIdentity'],
      principals: { type: 'Federated', identifiers: [this.providerArn] },
      conditions: this.trustConditions(runs),
    };
    const assumeRolePolicy = named(policyDocument(this, `${id} trust`, [trust]), `${id}_trust`).json;
    const role = named(new IamRole(this, `${id} role`, { name, assumeRolePolicy }), id);
    const permissions = named(policyDocument(this, `${id} permissions`, statements), `${id}_permissions`);
    const policy = new IamRolePolicy(this, `${id} policy`, { name, role: role.name, policy: permissions.json });
    named(policy, id);
    if (features && features.statements.length > 0) this.attach(id, role, features);
    return role;
  }

  private attach(id: string, role: IamRole, { name, statements }: NonNullable<GithubRoleProps['features']>): void {
    const document = named(policyDocument(this, `${id} features`, statements), `${id}_features`);
    const policy = new IamPolicy(this, `${id} features policy`, { name, policy: document.json });
    const { arn: policyArn } = named(policy, `${id}_features`);
    const attachment = new IamRolePolicyAttachment(this, `${id} attachment`, { role: role.name, policyArn });
    named(attachment, `${id}_features`);
  }

  /** Creates the provider without thumbprints: AWS checks GitHub's certificate against trusted certificate authorities. */
  private createProvider(): IamOpenidConnectProvider {
    const provider = new IamOpenidConnectProvider(this, 'provider', {
      url: `https://${this.props.issuer}`,
      clientIdList: [AUDIENCE],
    });
    return named(provider, 'github');
  }

  /**
   * The subjects of a repository contain ids if it was created, renamed or transferred since 15 July 2026, so the role accepts
   * both forms. The condition on the id of the repository refuses another repository that gets the same name later.
   */
  private trustConditions({ subjects, ref }: Pick<GithubRoleProps, 'subjects' | 'ref'>): Conditions {
    const { issuer, repository, repositoryId, ownerId } = this.props;
    const [owner = '', name = ''] = repository.split('/');
    const hasClaims = issuerHasClaims(issuer);
    const hasIds = hasClaims && repositoryId !== '';
    const repositories = [repository, ...(hasIds ? [`${owner}@${ownerId}/${name}@${repositoryId}`] : [])];
    const claims = {
      aud: [AUDIENCE],
      sub: repositories.flatMap((form) => subjects.map((subject) => `repo:${form}:${subject}`)),
      ...(hasIds && { repository_id: [repositoryId] }),
      ...(hasClaims && ref !== undefined && { ref: [ref] }),
    };
    return {
      StringEquals: Object.fromEntries(Object.entries(claims).map(([claim, values]) => [`${issuer}:${claim}`, values])),
    };
  }
}
