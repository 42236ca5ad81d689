/** GitHub's workflows as identities in AWS (OpenID Connect): roles that they assume without any key being kept. */
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import type { Account } from './account';
import { named } from './named';

const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

/** A statement of a role's policy. */
export interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** All have to hold: a key of the request, and the values that it may have. */
  readonly conditions?: Readonly<Record<string, readonly string[]>>;
}

export interface GithubOidcProps {
  /** `owner/name`. */
  readonly repository: string;
  readonly account: Account;
  /** Whether the account has GitHub's provider already: it can have one alone, which others may use too. */
  readonly existing: boolean;
}

export interface GithubRoleProps {
  readonly name: string;
  /**
   * What may assume it: the ends of a token's subject behind `repo:owner/name:`. `pull_request`, `ref:refs/heads/main`,
   * `environment:production` (GitHub, "OpenID Connect reference", "Example subject claims").
   */
  readonly subjects: readonly string[];
  readonly statements: readonly Statement[];
}

export class GithubOidc extends Construct {
  private readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GithubOidcProps,
  ) {
    super(scope, id);
    this.arn = props.existing ? props.account.arn('iam', `oidc-provider/${ISSUER}`) : this.createProvider().arn;
  }

  /** Adds a role for some of the repository's workflows. */
  addRole(id: string, { name, subjects, statements }: GithubRoleProps): IamRole {
    const trust = named(this.trust(id, subjects), `${id}_trust`);
    const role = named(new IamRole(this, `${id} role`, { name, assumeRolePolicy: trust.json }), id);
    const permissions = new DataAwsIamPolicyDocument(this, `${id} permissions`, {
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
    const policy = new IamRolePolicy(this, `${id} policy`, {
      name,
      role: role.name,
      policy: named(permissions, `${id}_permissions`).json,
    });
    named(policy, id);
    return role;
  }

  /** Without thumbprints: AWS trusts GitHub's certificate by its own list of authorities. */
  private createProvider(): IamOpenidConnectProvider {
    const provider = new IamOpenidConnectProvider(this, 'provider', {
      url: `https://${ISSUER}`,
      clientIdList: [AUDIENCE],
    });
    return named(provider, 'github');
  }

  private trust(id: string, subjects: readonly string[]): DataAwsIamPolicyDocument {
    const { repository } = this.props;
    return new DataAwsIamPolicyDocument(this, `${id} trust`, {
      statement: [
        {
          actions: ['sts:AssumeRoleWithWebIdentity'],
          principals: [{ type: 'Federated', identifiers: [this.arn] }],
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
