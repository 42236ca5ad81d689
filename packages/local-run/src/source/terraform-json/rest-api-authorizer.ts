/** Reads who may call a method of a REST API (aws_api_gateway_authorizer). */
import type { CognitoAuthorization, RestLambdaAuthorization, RouteAuthorization } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { NotSimulatedError } from '../../model/not-simulated';
import { restIdentitySources } from './identity-sources';
import { mayInvoke } from './invocation-role';
import { patternOf } from './regular-expression';
import type { Resource } from './resource';
import { cacheSecondsOf, checkValue, type Resources } from './resources';

const AUTHORIZATIONS = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'];

/** Terraform's default. */
const DEFAULT_IDENTITY_SOURCE = 'method.request.header.Authorization';

/**
 * @param stageArn ARN of the API's stage
 * @returns undefined when everybody may call the method
 */
export function restAuthorizationOf(
  method: Resource,
  resources: Resources,
  stageArn: string,
): RouteAuthorization | undefined {
  const { attributes } = method;
  checkValue(method, 'authorization', AUTHORIZATIONS);
  const kind = attributes['authorization'];
  if (kind === 'NONE') return undefined;
  if (kind === 'AWS_IAM') return { kind: 'iam', stageArn };
  const authorizer = resources
    .where('aws_api_gateway_authorizer', 'id', attributes['authorizer_id'])
    .find((candidate) => candidate.attributes['rest_api_id'] === attributes['rest_api_id']);
  if (!authorizer) {
    const found = String(attributes['authorizer_id']);
    const supported = 'an authorizer of the same API and stack';
    throw new NotSimulatedError([{ address: method.address, attribute: 'authorizer_id', found, supported }]);
  }
  const scopes = (attributes['authorization_scopes'] ?? []) as readonly string[];
  if (kind === 'COGNITO_USER_POOLS') return readCognitoAuthorizer(authorizer, scopes);
  return readLambdaAuthorizer(authorizer, resources, stageArn);
}

function readLambdaAuthorizer(authorizer: Resource, resources: Resources, stageArn: string): RestLambdaAuthorization {
  const { address, attributes } = authorizer;
  checkValue(authorizer, 'type', ['TOKEN', 'REQUEST', undefined]);
  const lambda = resources.functionAt(attributes['authorizer_uri'], address, 'authorizer_uri');
  const id = attributes['id'] as string;
  const [apiArn = ''] = stageArn.split('/');
  const type = (attributes['type'] ?? 'TOKEN') as 'TOKEN' | 'REQUEST';
  const identitySources = restIdentitySources(authorizer, identitySource(authorizer));
  const cacheSeconds = cacheSecondsOf(authorizer);
  // API reference, CreateAuthorizer, identitySource.
  if (type === 'REQUEST' && cacheSeconds > 0 && identitySources.length === 0) {
    throw new DeploymentError(
      `${address}: API Gateway refuses a cache without identity_source. Set identity_source, or authorizer_result_ttl_in_seconds = 0.`,
    );
  }
  return {
    kind: 'rest-lambda',
    id,
    functionArn: lambda.attributes['arn'] as string,
    ...(lambda.qualifier !== undefined && { qualifier: lambda.qualifier }),
    permitted: mayInvoke(authorizer, 'authorizer_credentials', `${apiArn}/authorizers/${id}`, lambda, resources),
    identitySources,
    cacheSeconds,
    stageArn,
    type,
    ...tokenPatternOf(authorizer),
  };
}

function readCognitoAuthorizer(authorizer: Resource, scopes: readonly string[]): CognitoAuthorization {
  const { address, attributes } = authorizer;
  checkValue(authorizer, 'type', ['COGNITO_USER_POOLS']);
  const arns = (attributes['provider_arns'] ?? []) as readonly string[];
  if (arns.length === 0) throw new DeploymentError(`${address}: provider_arns must name a user pool.`);
  const [source, ...others] = restIdentitySources(authorizer, identitySource(authorizer));
  if (source?.in !== 'header' || others.length > 0) {
    throw new DeploymentError(`${address}: identity_source must be one header, such as ${DEFAULT_IDENTITY_SOURCE}.`);
  }
  return {
    kind: 'cognito',
    issuers: arns.map((arn) => issuerOf(arn, address)),
    header: source.name.toLowerCase(),
    ...tokenPatternOf(authorizer),
    scopes,
  };
}

/** @param arn `arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEfGhI` */
function issuerOf(arn: string, address: string): string {
  const [, region, pool] = /^arn:[^:]+:cognito-idp:([^:]+):[^:]*:userpool\/(.+)$/.exec(arn) ?? [];
  if (region === undefined)
    throw new DeploymentError(`${address}: provider_arns: ${arn} is not the ARN of a user pool.`);
  return `https://cognito-idp.${region}.amazonaws.com/${pool}`;
}

function identitySource({ attributes }: Resource): string {
  return (attributes['identity_source'] ?? DEFAULT_IDENTITY_SOURCE) as string;
}

function tokenPatternOf(authorizer: Resource): { readonly tokenPattern?: string } {
  const tokenPattern = patternOf(authorizer, 'identity_validation_expression');
  return tokenPattern === undefined ? {} : { tokenPattern };
}
