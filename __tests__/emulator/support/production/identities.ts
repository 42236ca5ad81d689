/** Creates a Cognito user pool and gets tokens of its app clients. One pool serves as the issuer of the HTTP API, too. */
import { send } from '../api-client';
import { callJson } from '../emulator-calls';

interface Client {
  readonly id: string;
  readonly secret: string;
}

export interface UserPool {
  readonly id: string;
  /** The client whose tokens the APIs accept. */
  readonly client: Client;
  /** A client of the same pool. The HTTP API does not accept the audience of its tokens. */
  readonly otherClient: Client;
}

const cognito = (endpoint: string, action: string, parameters: object) =>
  callJson(endpoint, 'cognito-idp', `AWSCognitoIdentityProviderService.${action}`, parameters);

/** @param endpoint the emulator's URL */
export async function createUserPool(endpoint: string): Promise<UserPool> {
  const created = await cognito(endpoint, 'CreateUserPool', { PoolName: 'e2e' });
  const { Id: UserPoolId } = (created as { readonly UserPool: { readonly Id: string } }).UserPool;
  const Scopes = ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }));
  await cognito(endpoint, 'CreateResourceServer', { UserPoolId, Identifier: 'e2e', Name: 'e2e', Scopes });
  const addClient = async (ClientName: string): Promise<Client> => {
    const answer = await cognito(endpoint, 'CreateUserPoolClient', {
      UserPoolId,
      ClientName,
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['e2e/read', 'e2e/write'],
    });
    const { ClientId, ClientSecret } = (answer as { readonly UserPoolClient: Readonly<Record<string, string>> })
      .UserPoolClient;
    return { id: ClientId ?? '', secret: ClientSecret ?? '' };
  };
  return { id: UserPoolId, client: await addClient('accepted'), otherClient: await addClient('other') };
}

/** Gets an access token by client credentials. @param scope for example `e2e/write` */
export async function tokenOf(endpoint: string, { id, secret }: Client, scope: string): Promise<string> {
  const { status, body } = await send(endpoint, {
    host: new URL(endpoint).host,
    method: 'POST',
    path: '/oauth2/token',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
  });
  if (status !== 200) throw new Error(`The token endpoint answered ${status}: ${body}`);
  return (JSON.parse(body) as { readonly access_token: string }).access_token;
}

/** Changes a character of the signature. */
export function tampered(token: string): string {
  const [header, claims, signature = ''] = token.split('.');
  return [header, claims, (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)].join('.');
}
