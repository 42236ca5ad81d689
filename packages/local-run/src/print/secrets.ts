/** The credentials of callers, which logs and the console hide, because people share them. */
import type { Deployment, RouteAuthorization, RouteDeployment } from '../model/deployment';
import { apiKeysOf } from './api-keys';

export interface Secrets {
  /** The values of API keys. */
  readonly apiKeys: readonly string[];
  /** Names of headers and query parameters that contain the credentials of an authorizer, in lower case. */
  readonly names: ReadonlySet<string>;
}

export const NO_SECRETS: Secrets = { apiKeys: [], names: new Set() };

export function secretsOf(deployments: readonly Deployment[]): Secrets {
  const routes: readonly RouteDeployment[] = deployments.flatMap(({ apis }) => apis.flatMap((api) => [...api.routes]));
  const names = routes.flatMap(({ authorization }) => (authorization ? namesOf(authorization) : []));
  return { apiKeys: apiKeysOf(deployments), names: new Set(names.map((name) => name.toLowerCase())) };
}

function namesOf(authorization: RouteAuthorization): string[] {
  if (authorization.kind === 'cognito') return [authorization.header];
  if (authorization.kind !== 'http-lambda' && authorization.kind !== 'rest-lambda') return [];
  return authorization.identitySources
    .filter((source) => source.in === 'header' || source.in === 'query')
    .map(({ name }) => name);
}

const HIDDEN = '***';

/** Headers, and fields of events for Lambda authorizers, that always contain credentials. */
const HIDDEN_NAMES = new Set(['authorization', 'authorizationtoken', 'identitysource']);

/** Fields of events and results whose keys are names of headers or query parameters, in lower case. */
const PARAMETERS = new Set([
  'headers',
  'multivalueheaders',
  'querystringparameters',
  'multivaluequerystringparameters',
]);

/** Replaces the API keys in a text by `***`. */
export function hideApiKeys(text: string, apiKeys: readonly string[]): string {
  return apiKeys.reduce((result, key) => (key === '' ? result : result.replaceAll(key, HIDDEN)), text);
}

/** Hides API keys, and query parameters with credentials. @param path a path with its query */
export function hideInPath(path: string, { apiKeys, names }: Secrets): string {
  const hidden = hideApiKeys(path, apiKeys);
  const start = hidden.indexOf('?');
  return start < 0 ? hidden : `${hidden.slice(0, start + 1)}${hideInQuery(hidden.slice(start + 1), names)}`;
}

function hideInQuery(query: string, names: ReadonlySet<string>): string {
  if (names.size === 0) return query;
  return query.replace(/([^=&;]+)=[^&;]*/g, (parameter, name: string) =>
    names.has(decodeName(name).toLowerCase()) ? `${name}=${HIDDEN}` : parameter,
  );
}

function decodeName(name: string): string {
  return [...new URLSearchParams(`${name}=`).keys()][0] ?? '';
}

/** Hides the credentials in an event or a result. */
export function hideSecrets(value: unknown, secrets: Secrets): unknown {
  return hideIn(value, secrets, '');
}

/** @param field the field that contains the value, in lower case */
function hideIn(value: unknown, secrets: Secrets, field: string): unknown {
  if (typeof value === 'string') {
    const text = hideApiKeys(value, secrets.apiKeys);
    return field === 'rawquerystring' ? hideInQuery(text, secrets.names) : text;
  }
  if (Array.isArray(value)) return value.map((item) => hideIn(item, secrets, field));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const lower = name.toLowerCase();
    const isHidden = HIDDEN_NAMES.has(lower) || (PARAMETERS.has(field) && secrets.names.has(lower));
    return [name, isHidden ? HIDDEN : hideIn(inner, secrets, lower)];
  });
  return Object.fromEntries(entries) as unknown;
}
