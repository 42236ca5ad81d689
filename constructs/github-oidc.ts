/** Roles that GitHub workflows assume with OpenID Connect, without stored AWS keys. */
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import type { Account } from './account';
import { named } from './named';
import { policyParts, type Statement } from './policy-parts';

const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

export interface GithubOidcProps {
  /** The repository as `owner/name`. */
  readonly repository: string;
  readonly account: Account;
  /** Whether the account already has an OIDC provider for GitHub. An account can have only one; other stacks may use it too. */
  readonly existing: boolean;
}

export interface GithubRoleProps {
  readonly name: string;
  /**
   * Workflow runs that may assume the role. Each subject is the part of the token's subject after `repo:owner/name:`, for
   * example `pull_request`, `ref:refs/heads/main` or `environment:production`
   * (GitHub, "OpenID Connect reference", "Example subject claims").
   */
  readonly subjects: readonly string[];
  readonly statements: readonly Statement[];
}

export class GithubOidc extends Construct {
  private readonly providerArn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GithubOidcProps,
  ) {
    super(scope, id);
    this.providerArn = props.existing ? props.account.arn('iam', `oidc-provider/${ISSUER}`) : this.createProvider().arn;
  }

  /** Creates a role for workflow runs of the repository. */
  addRole(id: string, { name, subjects, statements }: GithubRoleProps): IamRole {
    const trust = named(this.trustPolicy(id, subjects), `${id}_trust`);
    const role = named(new IamRole(this, `${id} role`, { name, assumeRolePolicy: trust.json }), id);
    const { inline, managed } = policyParts(statements);
    const policy = new IamRolePolicy(this, `${id} policy`, {
      name,
      role: role.name,
      policy: named(this.permissions(`${id} permissions`, inline), `${id}_permissions`).json,
    });
    named(policy, id);
    managed.forEach((part, index) => this.attachPolicy(role, `${id} ${index + 2}`, `${name}-${index + 2}`, part));
    return role;
  }

  private permissions(id: string, statements: readonly Statement[]): DataAwsIamPolicyDocument {
    return new DataAwsIamPolicyDocument(this, id, {
      statement: statements.map(({ sid, actions, resources, conditions = {} }) => ({
        sid,
        actions: [...actions],
        resources: [...resources],
        condition: Object.entries(conditions).map(([variable, values]) => ({
          test: 'StringEquals',
          variable,
          values: [...values],
        })),
      })),
    });
  }

  /** Attaches a managed policy with statements that do not fit into the inline policy. */
  private attachPolicy(role: IamRole, id: string, name: string, statements: readonly Statement[]): void {
    const address = id.replace(' ', '_');
    const document = named(this.permissions(`${id} permissions`, statements), `${address}_permissions`);
    const policy = named(new IamPolicy(this, `${id} policy`, { name, policy: document.json }), address);
    const attachment = { role: role.name, policyArn: policy.arn };
    named(new IamRolePolicyAttachment(this, `${id} attachment`, attachment), address);
  }

  /** Creates the provider without thumbprints: AWS checks GitHub's certificate against trusted certificate authorities. */
  private createProvider(): IamOpenidConnectProvider {
    const provider = new IamOpenidConnectProvider(this, 'provider', {
      url: `https://${ISSUER}`,
      clientIdList: [AUDIENCE],
    });
    return named(provider, 'github');
  }

  private trustPolicy(id: string, subjects: readonly string[]): DataAwsIamPolicyDocument {
    const { repository } = this.props;
    return new DataAwsIamPolicyDocument(this, `${id} trust`, {
      statement: [
        {
          actions: ['sts:AssumeRoleWithWebIdentity'],
          principals: [{ type: 'Federated', identifiers: [this.providerArn] }],
          condition: [
            { test: 'StringEquals', variable: `${ISSUER}:aud`, values: [AUDIENCE] },
            {
              test: 'StringEquals',
              variable: `${ISSUER}:sub`,
              values: subjects.map((subject) => `repo:${repository}:${subject}`),
            },
          ],
        },
      ],
    });
  }
}
