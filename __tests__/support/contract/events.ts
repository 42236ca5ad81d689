/** Makes the events that HTTP APIs and REST APIs send to a function. */
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

export interface Sent {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly claims?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
}

let count = 0;

function fill(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function bodyText(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

export function httpApiEvent(routeKey: string, { path = {}, query, headers = {}, claims, body }: Sent) {
  const [, template = ''] = routeKey.split(' ');
  count += 1;
  const event = {
    version: '2.0',
    routeKey,
    rawPath: fill(template, path),
    headers,
    ...(query && { queryStringParameters: query }),
    ...(Object.keys(path).length > 0 && { pathParameters: path }),
    requestContext: {
      requestId: `request-${count}`,
      stage: '$default',
      ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
    },
    body: bodyText(body),
    isBase64Encoded: false,
  };
  return event as unknown as APIGatewayProxyEventV2;
}

export function restApiEvent(routeKey: string, { path = {}, query = {}, headers = {}, claims, body }: Sent) {
  const [httpMethod = '', resource = ''] = routeKey.split(' ');
  count += 1;
  const listed = (values: Readonly<Record<string, string>>) =>
    Object.keys(values).length === 0
      ? null
      : Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
  const encoded = Object.fromEntries(Object.entries(path).map(([name, value]) => [name, encodeURIComponent(value)]));
  const event = {
    httpMethod,
    resource,
    path: fill(resource, path),
    pathParameters: Object.keys(path).length > 0 ? encoded : null,
    multiValueQueryStringParameters: listed(query),
    multiValueHeaders: listed(headers),
    requestContext: {
      requestId: `request-${count}`,
      path: `/prod${fill(resource, path)}`,
      ...(claims && { authorizer: { claims } }),
    },
    body: bodyText(body) ?? null,
    isBase64Encoded: false,
  };
  return event as unknown as APIGatewayProxyEvent;
}
