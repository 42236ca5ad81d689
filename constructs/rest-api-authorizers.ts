/** The authorizers of a REST API: one for each Lambda authorizer, and one for the tokens of Amazon Cognito. */
import { ApiGatewayAuthorizer } from '@cdktf/provider-aws/lib/api-gateway-authorizer';
import { Construct } from 'constructs';
import { createAuthorizerPermission } from './invoke-permissions';
import { type AuthorizerAuth, authorizerOf, type LambdaAuthorizer } from './lambda-authorizer';
import { literal } from './literal';
import { named } from './named';
import { LIVE_ALIAS } from './nodejs-function';
import { OncePerName } from './once-per-name';

/**
 * Who may call a method. `none`: everybody. `apiKey`: callers with an API key. `iam`: callers who sign with AWS credentials.
 * `authorizer`: callers whom the function allows. `cognito`: callers with an access token of a user pool that has one of the
 * scopes; with an empty list, callers with an identity token.
 */
export type RestApiAuth = 'none' | 'apiKey' | 'iam' | AuthorizerAuth | { readonly cognito: readonly string[] };

export interface RestApiAuthorizersProps {
  readonly apiName: string;
  readonly restApiId: string;
  readonly executionArn: string;
  /** ARNs of the Cognito user pools. */
  readonly userPoolArns?: readonly string[] | undefined;
  readonly authorizers?: Readonly<Record<string, LambdaAuthorizer>> | undefined;
}

export class RestApiAuthorizers extends Construct {
  private readonly created = new OncePerName<ApiGatewayAuthorizer>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RestApiAuthorizersProps,
  ) {
    super(scope, id);
  }

  /** Returns the settings of a method. Methods with the same authorizer share it. */
  settingsOf(auth: RestApiAuth) {
    if (auth === 'iam') return { authorization: 'AWS_IAM' };
    if (typeof auth === 'string') return { authorization: 'NONE' };
    if ('authorizer' in auth) {
      const { id } = this.created.get(auth.authorizer, () => this.createLambdaAuthorizer(auth));
      return { authorization: 'CUSTOM', authorizerId: id };
    }
    const { id } = this.created.get('cognito', () => this.createCognitoAuthorizer());
    const scopes = auth.cognito.length > 0 ? { authorizationScopes: auth.cognito.map(literal) } : {};
    return { authorization: 'COGNITO_USER_POOLS', authorizerId: id, ...scopes };
  }

  /** Describes the authorization for the trigger of deployments. @returns no fields for methods without authorizers */
  describe(auth: RestApiAuth): object {
    if (auth === 'iam') return { authorization: 'AWS_IAM' };
    if (typeof auth === 'string') return {};
    if ('cognito' in auth) return { ...auth, userPoolArns: this.props.userPoolArns };
    const { function: target, header, cacheSeconds } = this.authorizerOf(auth);
    return { ...auth, function: `${target.props.name}:${LIVE_ALIAS}`, header, cacheSeconds };
  }

  private authorizerOf(auth: AuthorizerAuth): LambdaAuthorizer {
    return authorizerOf(this.props.apiName, auth, this.props.authorizers ?? {});
  }

  private createLambdaAuthorizer(auth: AuthorizerAuth): ApiGatewayAuthorizer {
    const { restApiId, executionArn } = this.props;
    const { authorizer: name } = auth;
    const { function: target, header, cacheSeconds } = this.authorizerOf(auth);
    // The identity sources are the key of the cache. With method and path, a decision for one route does not open another.
    const identitySources = [`method.request.header.${header}`, 'context.httpMethod', 'context.resourcePath'];
    const resource = new ApiGatewayAuthorizer(this, `lambda ${name}`, {
      restApiId,
      name,
      type: 'REQUEST',
      authorizerUri: target.alias.invokeArn,
      identitySource: identitySources.join(),
      authorizerResultTtlInSeconds: cacheSeconds,
    });
    const authorizer = named(resource, name);
    createAuthorizerPermission(this, name, target, `${executionArn}/authorizers/${authorizer.id}`);
    return authorizer;
  }

  private createCognitoAuthorizer(): ApiGatewayAuthorizer {
    const { apiName, restApiId, userPoolArns = [] } = this.props;
    if (userPoolArns.length === 0)
      throw new Error(`The API ${apiName} has a route with the auth cognito. Set userPoolArns to ARNs of user pools.`);
    const authorizer = new ApiGatewayAuthorizer(this, 'cognito', {
      restApiId,
      name: 'cognito',
      type: 'COGNITO_USER_POOLS',
      providerArns: [...userPoolArns],
      identitySource: 'method.request.header.Authorization',
    });
    return named(authorizer, 'cognito');
  }
}
