/** The values of condition keys for requests to APIs and function URLs. */
import type { Context } from '../../iam/conditions';
import { type GatewayRequest, headerValue } from '../request';

/** The action that a caller of an API needs. */
export const ACTION = 'execute-api:Invoke';

export type ConditionRequest = Pick<GatewayRequest, 'rawHeaders' | 'sourceIp'>;

/**
 * @param action the action that the caller needs
 * @param resource the ARN of the method or function
 * @param roleArn the role of the caller. Undefined: the caller has no role of this run
 */
export function conditionContext(
  request: ConditionRequest,
  { action, resource }: { readonly action: string; readonly resource: string },
  roleArn?: string,
): Context {
  const header = (name: string) => {
    const value = headerValue(request.rawHeaders, name);
    return value === undefined ? undefined : [value];
  };
  return (key) => {
    switch (key) {
      case 'aws:sourceip':
        return [request.sourceIp];
      case 'aws:useragent':
        return header('user-agent');
      case 'aws:referer':
        return header('referer');
      case 'aws:requestedregion':
        return [resource.split(':')[3] ?? ''];
      case 'aws:securetransport':
        // Callers use TLS on AWS. Only the endpoint of the local run is plain HTTP.
        return ['true'];
      case 'aws:principalarn':
        return roleArn === undefined ? undefined : [roleArn];
      case 'aws:principalaccount':
        return roleArn === undefined ? undefined : [roleArn.split(':')[4] ?? ''];
      case 'lambda:functionurlauthtype':
        return action === 'lambda:InvokeFunctionUrl' ? ['AWS_IAM'] : undefined;
      case 'lambda:invokedviafunctionurl':
        return action === 'lambda:InvokeFunction' ? ['true'] : undefined;
      default:
        // Only requests from a VPC have the other keys.
        return undefined;
    }
  };
}
