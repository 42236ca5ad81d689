/** Decides calls of a principal as IAM does in one account: identity policies, permissions boundary and resource policies. */
import { type Decision, Evaluator } from 'local-run';
import type { Call } from './call';
import { type PolicyDocument, statementsOf } from './read-policy';

export interface PrincipalPolicies {
  /** The ARN of the user or role: the condition key `aws:PrincipalArn`. */
  readonly arn: string;
  /** Inline and attached policies. */
  readonly identity: readonly PolicyDocument[];
  /** The permissions boundary. A call needs an Allow in it too. @default none */
  readonly boundary?: PolicyDocument;
  /** Policies of resources. Only their Deny statements for all principals are evaluated. @default none */
  readonly resources?: readonly PolicyDocument[];
}

export class Principal {
  private readonly identity: Evaluator;
  private readonly boundary: Evaluator | undefined;
  private readonly resources: Evaluator;

  constructor(readonly policies: PrincipalPolicies) {
    this.identity = new Evaluator(policies.identity.flatMap(statementsOf));
    this.boundary = policies.boundary && new Evaluator(statementsOf(policies.boundary));
    this.resources = new Evaluator((policies.resources ?? []).flatMap(denialsOf));
  }

  /** IAM User Guide, "Policy evaluation logic": any Deny wins, and the boundary must allow what the identity policies allow. */
  decide({ action, resource, context = {} }: Call): Decision {
    const [account = '', region = ''] = [this.policies.arn.split(':')[4], resource.split(':')[3]];
    const keys: Record<string, readonly string[]> = {
      'aws:principalarn': [this.policies.arn],
      'aws:principalaccount': [account],
      'aws:securetransport': ['true'],
      ...(region !== '' && { 'aws:requestedregion': [region] }),
    };
    for (const [key, values] of Object.entries(context)) keys[key.toLowerCase()] = [values].flat();
    const decisions = [this.identity, ...(this.boundary ? [this.boundary] : [])].map((evaluator) =>
      evaluator.decide(action, resource, (key) => keys[key]),
    );
    const denied = this.resources.decide(action, resource, (key) => keys[key]) === 'explicitDeny';
    if (denied || decisions.includes('explicitDeny')) return 'explicitDeny';
    return decisions.every((decision) => decision === 'allowed') ? 'allowed' : 'implicitDeny';
  }
}

/** The statements of a resource's policy that deny all principals. @throws Error for a Deny of some principals */
function denialsOf({ Version, Statement }: PolicyDocument) {
  const denials = Statement.filter(({ Effect }) => Effect === 'Deny');
  const other = denials.find(({ Principal }) => !['*', '{"AWS":"*"}'].includes(toText(Principal)));
  if (other) throw new Error(`A Deny for ${JSON.stringify(other['Principal'])} is not supported; use the principal *.`);
  return statementsOf({ Version, Statement: denials });
}

const toText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
