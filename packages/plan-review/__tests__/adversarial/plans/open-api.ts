/** OpenAPI documents of APIs that authorize more callers. */
import { type Attack, type ChangeRow, changeOf } from '../build';

const body = (document: object) => ({ name: 'a', body: JSON.stringify({ openapi: '3.0.1', ...document }) });
const scheme = (definition: object) =>
  body({
    paths: { '/a': { get: { security: [{ auth: [] }] } } },
    components: { securitySchemes: { auth: definition } },
  });
const jwt = (issuer: string, ...audience: readonly string[]) => ({
  type: 'oauth2',
  'x-amazon-apigateway-authorizer': { type: 'jwt', jwtConfiguration: { issuer, audience } },
});
const operation = (type: string) => body({ paths: { '/a': { get: { 'x-amazon-apigateway-auth': { type } } } } });
const cors = (settings: object) => body({ paths: {}, 'x-amazon-apigateway-cors': settings });
const HTTP = 'aws_apigatewayv2_api';

const ROWS: readonly ChangeRow[] = [
  [
    'another issuer',
    HTTP,
    scheme(jwt('https://a.example', 'x')),
    scheme(jwt('https://evil.example', 'x')),
    /scheme auth/,
  ],
  [
    'one more audience',
    HTTP,
    scheme(jwt('https://a.example', 'x')),
    scheme(jwt('https://a.example', 'x', 'y')),
    /scheme auth/,
  ],
  [
    'a scheme without its authorizer',
    HTTP,
    scheme(jwt('https://a.example', 'x')),
    scheme({ type: 'oauth2' }),
    /scheme auth/,
  ],
  ['an operation without signatures', 'aws_api_gateway_rest_api', operation('AWS_IAM'), operation('NONE'), /GET \/a/],
  [
    'credentials of the users',
    HTTP,
    cors({ allowOrigins: ['https://a.example'] }),
    cors({ allowOrigins: ['https://a.example'], allowCredentials: true }),
    /credentials/,
  ],
  ['another origin', HTTP, cors({ allowOrigins: ['https://a.example'] }), cors({ allowOrigins: ['*'] }), /origins/],
];

export const openApi: readonly Attack[] = ROWS.map(changeOf);
