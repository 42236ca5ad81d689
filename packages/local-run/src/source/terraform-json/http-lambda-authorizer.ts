/** Reads Lambda authorizers of HTTP APIs (aws_apigatewayv2_authorizer with the type REQUEST). */
import type { HttpLambdaAuthorization } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { httpIdentitySources } from './identity-sources';
import { mayInvoke } from './invocation-role';
import type { Resource } from './resource';
import { cacheSecondsOf, checkValue, type Resources } from './resources';

/** @param stageArn ARN of the API's stage */
export function readHttpLambdaAuthorizer(
  authorizer: Resource,
  resources: Resources,
  stageArn: string,
): HttpLambdaAuthorization {
  const { address, attributes } = authorizer;
  checkValue(authorizer, 'authorizer_payload_format_version', ['1.0', '2.0']);
  const payloadFormat = attributes['authorizer_payload_format_version'] as '1.0' | '2.0';
  const simpleResponses = attributes['enable_simple_responses'] === true;
  if (simpleResponses && payloadFormat === '1.0') {
    throw new DeploymentError(`${address}: API Gateway refuses enable_simple_responses with the payload format 1.0.`);
  }
  const lambda = resources.functionAt(attributes['authorizer_uri'], address, 'authorizer_uri');
  const id = attributes['id'] as string;
  const [apiArn = ''] = stageArn.split('/');
  return {
    kind: 'http-lambda',
    id,
    functionArn: lambda.attributes['arn'] as string,
    ...(lambda.qualifier !== undefined && { qualifier: lambda.qualifier }),
    permitted: mayInvoke(authorizer, 'authorizer_credentials_arn', `${apiArn}/authorizers/${id}`, lambda, resources),
    identitySources: httpIdentitySources(authorizer, (attributes['identity_sources'] ?? []) as readonly string[]),
    cacheSeconds: cacheSecondsOf(authorizer),
    stageArn,
    payloadFormat,
    simpleResponses,
  };
}
