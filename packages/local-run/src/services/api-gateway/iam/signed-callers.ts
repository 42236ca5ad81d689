/** Decides who may call routes and function URLs with AWS_IAM. */
import type { FunctionUrlAction, RoleDeployment } from '../../../model/deployment';
import type { NotSimulated } from '../../../model/not-simulated';
import type { KnownCaller } from '../../iam/credentials';
import { combineDecisions, type Decision, Evaluator } from '../../iam/evaluate';
import { type GatewayRequest, headerValue } from '../request';
import { ACTION, conditionContext } from './condition-context';
import { type CallerIdentity, foreignIdentity, roleIdentity } from './identity';
import { accessKeyOf, type SignatureFault, signatureFault } from './signature-check';

/** The caller of a signed request. */
export interface SignedCaller {
  readonly identity: CallerIdentity;
  /** The role of a function of this run. Undefined: this run did not issue the credentials. */
  readonly roleArn?: string;
}

/** An action that a caller needs. */
export interface CallerAction {
  readonly action: typeof ACTION | FunctionUrlAction;
  /** The ARN of the method or function. */
  readonly resource: string;
}

export type CallerDecision =
  | { readonly kind: 'allowed'; readonly identity: CallerIdentity }
  | { readonly kind: 'fault'; readonly fault: SignatureFault }
  | {
      readonly kind: 'denied';
      readonly decision: Exclude<Decision, 'allowed'>;
      readonly userArn: string;
      /** For the log. */
      readonly reason: string;
    }
  | { readonly kind: 'notSimulated'; readonly causes: readonly NotSimulated[] };

/** Finds the caller with this session token. Undefined: this run did not issue it. */
export type FindCaller = (accessKeyId: string, sessionToken: string) => KnownCaller | undefined;

interface RolePermissions {
  readonly evaluator: Evaluator;
  /** What the local run cannot evaluate of the role's policies. */
  readonly notSimulated: readonly NotSimulated[];
}

export class SignedCallers {
  private roles: ReadonlyMap<string, RolePermissions> = new Map();

  /** @param find @default this run issued no credentials */
  constructor(private readonly find: FindCaller = () => undefined) {}

  /** Replaces the roles for later requests. */
  setRoles(roles: readonly RoleDeployment[]): void {
    this.roles = new Map(
      roles.map(({ arn, apiPermissions }) => {
        const { statements = [], boundary, notSimulated = [] } = apiPermissions ?? {};
        return [arn, { evaluator: new Evaluator(statements, boundary), notSimulated }];
      }),
    );
  }

  /**
   * Decides about a signed request. Accepts each signature of credentials that this run did not issue: their secret is not on this
   * machine.
   * @param decideByResource the decision of the policy of the API or function. @default it has no policy
   */
  authorize(
    request: GatewayRequest,
    action: CallerAction,
    decideByResource: (caller: SignedCaller) => Decision = () => 'implicitDeny',
  ): CallerDecision {
    const caller = this.identify(request, action);
    if ('type' in caller) return { kind: 'fault', fault: caller };
    const { identity, roleArn } = caller;
    const { evaluator, notSimulated = [] } = this.roles.get(roleArn ?? '') ?? {};
    if (notSimulated.length > 0) return { kind: 'notSimulated', causes: notSimulated };
    const context = conditionContext(request, action, roleArn);
    const byRole = evaluator?.decide(action.action, action.resource, context) ?? 'implicitDeny';
    const decision = combineDecisions(roleArn === undefined ? 'allowed' : byRole, decideByResource(caller));
    if (decision === 'allowed') return { kind: 'allowed', identity };
    const { userArn } = identity;
    const verb = decision === 'explicitDeny' ? 'a statement denies' : 'no statement allows';
    const reason = `${userArn} may not ${action.action} on ${action.resource}: ${verb} it`;
    return { kind: 'denied', decision, userArn, reason };
  }

  private identify(request: GatewayRequest, { action, resource }: CallerAction): SignedCaller | SignatureFault {
    const accessKey = accessKeyOf(request);
    const token = headerValue(request.rawHeaders, 'x-amz-security-token');
    const caller = token === undefined ? undefined : this.find(accessKey, token);
    if (!caller) return { identity: foreignIdentity(accessKey) };
    const service = action === ACTION ? 'execute-api' : 'lambda';
    const [, , , region = ''] = resource.split(':');
    const fault = signatureFault(request, caller, { service, region });
    return fault ?? { identity: roleIdentity(caller.session), roleArn: caller.session.roleArn };
  }
}
