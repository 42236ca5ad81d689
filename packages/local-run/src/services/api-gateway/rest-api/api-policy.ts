/** The policy of a REST API (API Gateway developer guide, "Control access to a REST API with API Gateway resource policies"). */
import type { RestApiDeployment } from '../../../model/deployment';
import type { Decision } from '../../iam/evaluate';
import { type Principal, ResourcePolicy } from '../../iam/resource-policy';
import { ACTION, conditionContext, type ConditionRequest } from '../iam/condition-context';
import type { GatewayRequest } from '../request';
import * as errors from './errors';

type PolicyRequest = ConditionRequest & Pick<GatewayRequest, 'method'>;

/** An API without a policy refuses nobody, and lets nobody in whom an authorizer refuses. */
export class ApiPolicy {
  private readonly policy: ResourcePolicy | undefined;
  private readonly stageArn: string;

  constructor({ policy }: Pick<RestApiDeployment, 'policy'>) {
    this.policy = policy && new ResourcePolicy(policy.statements);
    this.stageArn = policy?.stageArn ?? '';
  }

  /** @param path the path of the request without the stage */
  decide(request: PolicyRequest, path: string, principal: Principal = {}): Decision {
    if (!this.policy) return 'implicitDeny';
    const resource = this.methodArn(request, path);
    return this.policy.decide(
      ACTION,
      resource,
      principal,
      conditionContext(request, { action: ACTION, resource }, principal.roleArn),
    );
  }

  /** Refuses an anonymous caller, or a caller with a token of Cognito, unless the policy lets the caller in. */
  refuse(request: PolicyRequest, path: string): errors.RestError | undefined {
    if (!this.policy) return undefined;
    const decision = this.decide(request, path);
    return decision === 'allowed' ? undefined : refusal(decision, request, this.methodArn(request, path));
  }

  /** Refuses a caller whom a Deny concerns, before the function of an authorizer is invoked. */
  refuseDenied(request: PolicyRequest, path: string): errors.RestError | undefined {
    const decision = this.decide(request, path);
    return decision === 'explicitDeny' ? refusal(decision, request, this.methodArn(request, path)) : undefined;
  }

  private methodArn({ method }: PolicyRequest, path: string): string {
    return `${this.stageArn}/${method}${path}`;
  }
}

function refusal(
  decision: Exclude<Decision, 'allowed'>,
  { sourceIp }: ConditionRequest,
  resource: string,
): errors.RestError {
  const verb = decision === 'explicitDeny' ? 'denies' : 'does not allow';
  const reason = `the policy of the API ${verb} the request from ${sourceIp}`;
  return errors.userNotAuthorized({ userArn: 'anonymous', resource, decision, reason });
}
