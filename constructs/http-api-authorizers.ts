/** The authorizers of an HTTP API: one for tokens, and one for each Lambda authorizer. */
import { Apigatewayv2Authorizer } from '@cdktf/provider-aws/lib/apigatewayv2-authorizer';
import { Construct } from 'constructs';
import { createAuthorizerPermission } from './invoke-permissions';
import { type AuthorizerAuth, authorizerOf, type LambdaAuthorizer } from './lambda-authorizer';
import { literal } from './literal';
import { named } from './named';
import { OncePerName } from './once-per-name';

/**
 * Who may call a route. `none`: everybody. `iam`: callers who sign with AWS credentials. `jwt`: callers with a token that has
 * at least one of the scopes; an empty list accepts every valid token. `authorizer`: callers whom the function allows.
 */
export type HttpApiAuth = 'none' | 'iam' | { readonly jwt: readonly string[] } | AuthorizerAuth;

export interface JwtIssuer {
  /** The claim `iss`; API Gateway reads the keys from `<issuer>/.well-known/openid-configuration`. @example 'https://id.example.com/' */
  readonly issuer: string;
  /** Values of the claim `aud`. A token must have one of them. */
  readonly audience: readonly string[];
}

export interface HttpApiAuthorizersProps {
  readonly apiName: string;
  readonly apiId: string;
  readonly executionArn: string;
  readonly jwt?: JwtIssuer | undefined;
  readonly authorizers?: Readonly<Record<string, LambdaAuthorizer>> | undefined;
}

export class HttpApiAuthorizers extends Construct {
  private readonly created = new OncePerName<Apigatewayv2Authorizer>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HttpApiAuthorizersProps,
  ) {
    super(scope, id);
  }

  /** Returns the settings of a route. Routes with the same authorizer share it. */
  settingsOf(auth: HttpApiAuth) {
    if (auth === 'none') return {};
    if (auth === 'iam') return { authorizationType: 'AWS_IAM' };
    if ('authorizer' in auth) {
      const { id } = this.created.get(auth.authorizer, () => this.createLambdaAuthorizer(auth));
      return { authorizationType: 'CUSTOM', authorizerId: id };
    }
    const scopes = auth.jwt.length > 0 ? { authorizationScopes: auth.jwt.map(literal) } : {};
    return {
      authorizationType: 'JWT',
      authorizerId: this.created.get('jwt', () => this.createJwtAuthorizer()).id,
      ...scopes,
    };
  }

  private createJwtAuthorizer(): Apigatewayv2Authorizer {
    const { apiName, apiId, jwt } = this.props;
    if (!jwt)
      throw new Error(`The API ${apiName} has a route with the auth jwt. Set jwt to the tokens' issuer and audience.`);
    const authorizer = new Apigatewayv2Authorizer(this, 'jwt', {
      apiId,
      name: 'jwt',
      authorizerType: 'JWT',
      identitySources: ['$request.header.Authorization'],
      jwtConfiguration: { issuer: literal(jwt.issuer), audience: jwt.audience.map(literal) },
    });
    return named(authorizer, 'jwt');
  }

  private createLambdaAuthorizer(auth: AuthorizerAuth): Apigatewayv2Authorizer {
    const { apiName, apiId, executionArn, authorizers = {} } = this.props;
    const { authorizer: name } = auth;
    const { function: target, header, cacheSeconds } = authorizerOf(apiName, auth, authorizers);
    const resource = new Apigatewayv2Authorizer(this, `lambda ${name}`, {
      apiId,
      name,
      authorizerType: 'REQUEST',
      authorizerUri: target.alias.invokeArn,
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: true,
      // The identity sources are the key of the cache. With the route, a decision for one route does not open another.
      identitySources: [`$request.header.${header}`, '$context.routeKey'],
      authorizerResultTtlInSeconds: cacheSeconds,
    });
    const authorizer = named(resource, name);
    createAuthorizerPermission(this, name, target, `${executionArn}/authorizers/${authorizer.id}`);
    return authorizer;
  }
}
