/** Makes the security schemes of a document, and the security requirements of its operations. */
import type { Api, Auth } from '../../function/contract/api';
import { authOf, routesOf } from '../../function/contract/model';
import type { Json } from './json';

/** Makes the `security` of an operation. It is empty for a route that everybody may call. */
export function securityOf(auth: Auth): readonly Json[] {
  if (auth === 'none') return [];
  // The requirements of the list are alternatives: a token with one of the scopes is enough.
  const scopes = scopesOf(auth).map((scope) => ({ [schemeName(auth)]: [scope] }));
  return scopes.length > 0 ? scopes : [{ [schemeName(auth)]: [] }];
}

/** Returns the statuses with which API Gateway refuses callers. */
export function refusalStatuses(auth: Auth): readonly number[] {
  if (auth === 'none') return [];
  return auth === 'apiKey' || auth === 'iam' ? [403] : [401, 403];
}

/** Makes the security schemes that the routes use. */
export function securitySchemes(api: Api): Json {
  const used = routesOf(api)
    .map(({ route }) => authOf(api, route))
    .filter((auth) => auth !== 'none');
  return Object.fromEntries(used.map((auth) => [schemeName(auth), schemeOf(api, auth)]));
}

function schemeName(auth: Auth): string {
  if (typeof auth === 'string') return auth;
  if ('authorizer' in auth) return auth.authorizer;
  return 'jwt' in auth ? 'jwt' : 'cognito';
}

function scopesOf(auth: Auth): readonly string[] {
  if (typeof auth === 'string' || 'authorizer' in auth) return [];
  return 'jwt' in auth ? auth.jwt : auth.cognito;
}

/** Makes a security scheme. `x-amazon-apigateway-authtype` has the values that API Gateway exports. */
function schemeOf({ auth: settings }: Api, auth: Auth): Json {
  if (auth === 'apiKey') return { type: 'apiKey', in: 'header', name: 'x-api-key' };
  if (auth === 'iam') {
    const description = 'A signature with AWS credentials (Signature Version 4).';
    return {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description,
      'x-amazon-apigateway-authtype': 'awsSigv4',
    };
  }
  if (typeof auth === 'object' && 'authorizer' in auth) {
    const { header = 'authorization' } = settings?.authorizers?.[auth.authorizer] ?? {};
    const description = `Checked by the authorizer function ${auth.authorizer}.`;
    return { type: 'apiKey', in: 'header', name: header, description, 'x-amazon-apigateway-authtype': 'custom' };
  }
  if (schemeName(auth) === 'cognito') return cognitoScheme(settings?.cognito?.userPoolArns ?? []);
  const { issuer = '', audience = [] } = settings?.jwt ?? {};
  const description = `A token of ${issuer} for ${audience.join(' or ')}.`;
  return { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description };
}

/** API Gateway reads the token from the header Authorization, with or without `Bearer`. */
function cognitoScheme(userPoolArns: readonly string[]): Json {
  const pools = userPoolArns.map((arn) => arn.split('/').at(-1)).join(' or ');
  const description = `A token of the Cognito user pool ${pools}: an access token for operations with scopes, an identity token for others.`;
  return {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description,
    'x-amazon-apigateway-authtype': 'cognito_user_pools',
  };
}
