/** Reads who may call a route of an HTTP API (aws_apigatewayv2_authorizer). */
import type { RouteAuthorization } from '../../model/deployment';
import { NotSimulatedError } from '../../model/not-simulated';
import { readHttpLambdaAuthorizer } from './http-lambda-authorizer';
import type { Resource } from './resource';
import { blockOf, checkValue, type Resources } from './resources';

const TYPES = ['NONE', 'AWS_IAM', 'JWT', 'CUSTOM', undefined];

/**
 * @param stageArn ARN of the API's stage
 * @returns undefined when everybody may call the route
 */
export function authorizationOf(
  route: Resource,
  resources: Resources,
  stageArn: string,
): RouteAuthorization | undefined {
  const { address, attributes } = route;
  checkValue(route, 'authorization_type', TYPES);
  const type = attributes['authorization_type'];
  const scopes = (attributes['authorization_scopes'] ?? []) as readonly string[];
  if (type === 'AWS_IAM') return { kind: 'iam', stageArn };
  if (type !== 'JWT' && type !== 'CUSTOM') return undefined;
  const authorizer = resources.ofType('aws_apigatewayv2_authorizer').find(isAuthorizerOf(route));
  if (!authorizer) {
    const found = String(attributes['authorizer_id']);
    const supported = 'an authorizer of the same API and stack';
    throw new NotSimulatedError([{ address, attribute: 'authorizer_id', found, supported }]);
  }
  checkValue(authorizer, 'authorizer_type', [type === 'JWT' ? 'JWT' : 'REQUEST']);
  if (type === 'CUSTOM') return readHttpLambdaAuthorizer(authorizer, resources, stageArn);
  checkIdentitySource(authorizer);
  const { issuer, audience } = blockOf(authorizer, 'jwt_configuration');
  return { kind: 'jwt', issuer: issuer as string, audience: (audience ?? []) as readonly string[], scopes };
}

function isAuthorizerOf({ attributes: route }: Resource) {
  return ({ attributes }: Resource) =>
    attributes['id'] === route['authorizer_id'] && attributes['api_id'] === route['api_id'];
}

function checkIdentitySource({ address, attributes }: Resource): void {
  const sources = attributes['identity_sources'];
  if (Array.isArray(sources) && sources.length === 1 && /^\$request\.header\.authorization$/i.test(String(sources[0])))
    return;
  const supported = '["$request.header.Authorization"]';
  throw new NotSimulatedError([{ address, attribute: 'identity_sources', found: JSON.stringify(sources), supported }]);
}
